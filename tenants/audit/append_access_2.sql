-- The only way into the access log: appends one row per subject, chained over every column. Runs as the log's owner.
-- Each part of a digest is preceded by its length, so that nothing can move from one column into the next.
CREATE FUNCTION "{schema}".append_access(
    actor uuid, actor_name text, roles text, action text, subjects jsonb,
    reason_key uuid, reason bytea, reason_hash text, route text, request_id text
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = "{schema}", pg_temp AS $body$
DECLARE
    previous_digest text;
    row_digest text;
    stamp timestamptz;
    item jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('{schema}.access_log', 0));
    SELECT digest INTO previous_digest FROM audit_accessentry ORDER BY id DESC LIMIT 1;
    previous_digest := coalesce(previous_digest, '');
    stamp := clock_timestamp();
    FOR item IN SELECT jsonb_array_elements(subjects) LOOP
        SELECT encode(sha256(convert_to(string_agg(octet_length(part) || ':' || part, '' ORDER BY place), 'UTF8')), 'hex')
            INTO row_digest FROM unnest(ARRAY[
                '2', previous_digest, to_char(stamp AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS'), actor::text, actor_name,
                roles, action, item->>'kind', item->>'key', reason_hash, route, request_id
            ]) WITH ORDINALITY AS parts(part, place);
        INSERT INTO audit_accessentry
            (version, at, actor, actor_name, roles, action, subject_kind, subject, reason_key, reason, reason_hash,
                route, request_id, previous, digest)
        VALUES (2, stamp, actor, actor_name, roles, action, item->>'kind', item->>'key', reason_key, reason, reason_hash,
            route, request_id, previous_digest, row_digest);
        previous_digest := row_digest;
    END LOOP;
END $body$;
