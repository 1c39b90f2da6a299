-- The only way for a municipality to say that work is due: a row for whoever asks, told by their role. Runs as the owner.
CREATE FUNCTION public.announce_due(kind text, at timestamptz, schema text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE
    role text := current_setting('role');
    municipality bigint;
BEGIN
    IF role LIKE 't\_%' THEN
        schema := substr(role, 3);
    ELSIF role = 'app_public' THEN
        schema := 'public';
    ELSIF role <> 'suunta_owner' THEN  -- the owner, who makes municipalities, has the role of none: it says which
        RAISE EXCEPTION 'the role % has no work', role;
    END IF;
    IF schema <> 'public' THEN
        SELECT id INTO STRICT municipality FROM tenants_municipality m WHERE m.schema_name = announce_due.schema;
    END IF;
    INSERT INTO tenants_duework (municipality_id, kind, at) VALUES (municipality, kind, at);
END $body$;
