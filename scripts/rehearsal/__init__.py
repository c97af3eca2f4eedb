"""A rehearsal of the real thing on one machine: two servers, a worker, a proxy, PostgreSQL and Redis (`make rehearsal`)."""
