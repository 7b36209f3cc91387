-- Make the three roles and the database, as somebody who may. The passwords stand in the
-- environment (OWNER_PASSWORD, APP_PASSWORD, PUBLIC_PASSWORD), where no list of processes
-- shows them. What the roles may do, `manage.py migrate` says.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
\getenv public_password PUBLIC_PASSWORD
CREATE ROLE factcheck LOGIN PASSWORD :'owner_password';
CREATE ROLE factcheck_app LOGIN PASSWORD :'app_password';
CREATE ROLE factcheck_public LOGIN PASSWORD :'public_password';
ALTER ROLE "factcheck_public" SET default_transaction_read_only = 'on';
ALTER ROLE "factcheck_public" SET statement_timeout = '15s';
CREATE DATABASE factcheck OWNER factcheck ENCODING 'UTF8' TEMPLATE template0;
