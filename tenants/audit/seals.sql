-- What stands at the end of the log, how many entries were added after a known one, and the moment by the log's clock.
CREATE FUNCTION "{schema}".log_head(
    after bigint, OUT last_entry bigint, OUT added bigint, OUT head text, OUT at timestamptz
) LANGUAGE plpgsql STABLE SET search_path = "{schema}", pg_temp AS $body$
BEGIN
    SELECT id, digest INTO last_entry, head FROM audit_accessentry ORDER BY id DESC LIMIT 1;
    SELECT count(*) INTO added FROM audit_accessentry WHERE id > after;
    at := clock_timestamp();
END $body$;

-- The only way to the seals: adds the next one, which must stand for an entry that is there. Runs as the log's owner.
CREATE FUNCTION "{schema}".append_seal(
    number bigint, kind text, last_entry bigint, entries bigint, head text, names text, at timestamptz,
    key_id text, mac text
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = "{schema}", pg_temp AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM audit_accessentry e WHERE e.id = last_entry AND e.digest = head) THEN
        RAISE EXCEPTION 'a seal stands for an entry that is there';
    END IF;
    IF append_seal.number <> (SELECT coalesce(max(s.number), 0) + 1 FROM audit_seal s) THEN
        RETURN false;
    END IF;
    INSERT INTO audit_seal (number, kind, last_entry, entries, head, names, at, key_id, mac)
        VALUES (number, kind, last_entry, entries, head, names, at, key_id, mac) ON CONFLICT DO NOTHING;
    RETURN FOUND;
END $body$;
