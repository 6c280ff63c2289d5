CREATE TABLE runner_users (
    id             VARCHAR(96)  NOT NULL PRIMARY KEY,
    email          VARCHAR(254) NOT NULL,
    -- The address in lower case, which may be longer than the address.
    email_key      VARCHAR(762) NOT NULL UNIQUE,
    first_name     VARCHAR(254) NOT NULL,
    last_name      VARCHAR(254) NOT NULL,
    role           VARCHAR(64)  NOT NULL,
    phone          VARCHAR(64),
    status         VARCHAR(16)  NOT NULL,
    email_verified BOOLEAN      NOT NULL,
    created_at     TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    updated_at     TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    password_hash  VARCHAR(100) NOT NULL,
    -- Seeded by a development start; refused in production.
    demo           BOOLEAN      NOT NULL
);

CREATE TABLE runner_refresh_families (
    id         VARCHAR(22) NOT NULL PRIMARY KEY,
    user_id    VARCHAR(96) NOT NULL REFERENCES runner_users (id) ON DELETE CASCADE,
    -- SHA-256 of the newest token.
    token_hash VARCHAR(43) NOT NULL,
    expires_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE INDEX runner_refresh_families_by_user ON runner_refresh_families (user_id, expires_at);
