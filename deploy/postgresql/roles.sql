-- Who may read children's answers: run once by a superuser, in the site's database, after `manage.py migrate`; again
-- after each later migration. Needs PostgreSQL 13 or newer. See docs/decisions/0030-the-sealers-role.md.
--
--   psql -d cscp -v ON_ERROR_STOP=1 -v web=cscp_web -v sealer=cscp_sealer -v schema=public -f deploy/postgresql/roles.sql
--
-- The roles must exist: CREATE ROLE cscp_web LOGIN PASSWORD '...'; CREATE ROLE cscp_sealer LOGIN PASSWORD '...';
--   DATABASE_URL         names the web role, in every process;
--   SEALED_DATABASE_URL  names the sealer, in the process that runs `manage.py housekeeping`, `db_worker` and
--                        releases alone. A web process that never had the sealer's password cannot lose it.
-- Migrations run as the owner of the database, never as one of these two.

BEGIN;

-- Everything else in the site: the web role reads and writes.
GRANT USAGE ON SCHEMA :schema TO :web, :sealer;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA :schema TO :web;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA :schema TO :web, :sealer;

-- The tables that answers pass through belong to the sealer, who alone may VACUUM them.
ALTER TABLE :schema.surveys_held OWNER TO :sealer;
ALTER TABLE :schema.surveys_held_text OWNER TO :sealer;
ALTER TABLE :schema.surveys_pooled OWNER TO :sealer;
ALTER TABLE :schema.surveys_sealed OWNER TO :sealer;
ALTER TABLE :schema.surveys_text_answer OWNER TO :sealer;
ALTER TABLE :schema.surveys_classsession OWNER TO :sealer;
-- True counts behind a release are as secret as the rows: the key that they are encrypted with is the web's own.
ALTER TABLE :schema.surveys_releasetruth OWNER TO :sealer;

REVOKE ALL ON :schema.surveys_held, :schema.surveys_held_text, :schema.surveys_pooled, :schema.surveys_sealed FROM PUBLIC, :web;
REVOKE ALL ON :schema.surveys_releasetruth FROM PUBLIC, :web;
-- Holding: put in, count by lesson, know a resend, throw a lesson away. Never read an answer.
GRANT INSERT, DELETE ON :schema.surveys_held, :schema.surveys_held_text TO :web;
GRANT SELECT (session_id, nonce_hash) ON :schema.surveys_held TO :web;
GRANT SELECT (session_id) ON :schema.surveys_held_text TO :web;
-- Sealed and pooled: nothing at all.
-- Moderators' texts and class sessions are the site's own business, whoever owns the tables.
GRANT SELECT, UPDATE, DELETE ON :schema.surveys_text_answer TO :web;
GRANT SELECT, INSERT, UPDATE, DELETE ON :schema.surveys_classsession TO :web;

-- The sealer reads what it needs to flush, finish and release, and writes figures and marks.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA :schema TO :sealer;

-- What the server may write down of a statement: never a bound value, never a row that failed, never a duration.
ALTER ROLE :web SET log_min_duration_statement = -1;
ALTER ROLE :web SET log_statement = 'none';
ALTER ROLE :web SET log_duration = off;
ALTER ROLE :web SET log_min_error_statement = panic;
ALTER ROLE :web SET log_error_verbosity = terse;
ALTER ROLE :web SET log_parameter_max_length = 0;
ALTER ROLE :web SET log_parameter_max_length_on_error = 0;
ALTER ROLE :sealer SET log_min_duration_statement = -1;
ALTER ROLE :sealer SET log_statement = 'none';
ALTER ROLE :sealer SET log_duration = off;
ALTER ROLE :sealer SET log_min_error_statement = panic;
ALTER ROLE :sealer SET log_error_verbosity = terse;
ALTER ROLE :sealer SET log_parameter_max_length = 0;
ALTER ROLE :sealer SET log_parameter_max_length_on_error = 0;

COMMIT;

-- In postgresql.conf, for the whole server (a role cannot set it): track_commit_timestamp = off
-- Dumps: pg_dump --no-unlogged-table-data --exclude-table-data=surveys_pooled
