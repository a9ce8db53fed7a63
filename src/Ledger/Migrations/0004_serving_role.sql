-- Mandatory.
-- What the serving role may do: everything a silo does, and no DDL; the ledger is append-only for it by right, too.
GRANT USAGE ON SCHEMA public TO supervision_serving;
GRANT SELECT, INSERT ON ledger, batch, private_member, rules, person TO supervision_serving;
GRANT DELETE ON private_member, person TO supervision_serving;
GRANT SELECT, UPDATE ON head TO supervision_serving;
GRANT SELECT, INSERT, UPDATE, DELETE ON entity, title, wake_up, command, api_key, import_job, import_chunk, import_error, manual_clock TO supervision_serving;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO supervision_serving;
