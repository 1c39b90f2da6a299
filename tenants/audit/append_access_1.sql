-- The first rule of the chain, as migration 0002 made it; 0004 replaces it (append_access_2.sql).
CREATE FUNCTION "{schema}".append_access(
    actor uuid, actor_name text, roles text, action text, subjects jsonb, reason text, route text, request_id text
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
        row_digest := encode(sha256(convert_to(concat_ws(E'\x1f',
            previous_digest, to_char(stamp AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS'), actor::text, roles, action,
            item->>'kind', item->>'key', reason, route, request_id), 'UTF8')), 'hex');
        INSERT INTO audit_accessentry
            (at, actor, actor_name, roles, action, subject_kind, subject, reason, route, request_id, previous, digest)
        VALUES (stamp, actor, actor_name, roles, action, item->>'kind', item->>'key', reason, route, request_id,
            previous_digest, row_digest);
        previous_digest := row_digest;
    END LOOP;
END $body$;
