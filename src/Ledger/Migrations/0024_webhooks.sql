-- Mandatory. Runs once, in one transaction, under the migration lock.
-- Subscriptions to what happens, how far each was told, and what became of every delivery.

-- A subscription has another revision after every change, so that whoever delivers reads only what is new to it.
CREATE SEQUENCE subscription_revision;

CREATE TABLE subscription (
    id              text        CONSTRAINT subscription_pkey PRIMARY KEY,
    -- The person whose key made it (pseudonym).
    owner           text        NOT NULL,
    url             text        NOT NULL,
    types           text[]      NOT NULL,
    -- As JSON.
    filter          text        NOT NULL,
    status          text        NOT NULL CONSTRAINT subscription_status_check CHECK (status IN ('unconfirmed', 'active', 'paused', 'disabled')),
    -- Why it was disabled, or ownership was not confirmed.
    reason          text,
    -- When ownership of the address is to be asked for; null: not now.
    handshake_at    timestamptz,
    revision        bigint      NOT NULL DEFAULT nextval('subscription_revision'),
    -- Encrypted with a key that is not in the database.
    secret          bytea       NOT NULL,
    previous_secret bytea,
    previous_until  timestamptz,
    created_at      timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    command_id      uuid        CONSTRAINT subscription_command_key UNIQUE,
    request_hash    bytea,
    CONSTRAINT subscription_previous_check CHECK ((previous_secret IS NULL) = (previous_until IS NULL))
);
CREATE INDEX subscription_owner ON subscription (owner, id);
CREATE INDEX subscription_changed ON subscription (revision);

-- What changes with every delivery, apart from what is large and rarely changes.
CREATE TABLE subscription_progress (
    subscription  text   CONSTRAINT subscription_progress_pkey PRIMARY KEY,
    -- Every event up to here that the subscription asks for was sent for the first time, and stands in delivery where that did not succeed.
    position      bigint NOT NULL,
    -- The last event that was sent for the first time; null: none was.
    sent_seq      bigint,
    -- Attempts that failed since the last one that did not, and since when.
    failures      integer     NOT NULL DEFAULT 0,
    failing_since timestamptz,
    succeeded_at  timestamptz
) WITH (fillfactor = 50);

CREATE TABLE delivery (
    id              bigint      GENERATED ALWAYS AS IDENTITY CONSTRAINT delivery_pkey PRIMARY KEY,
    subscription    text        NOT NULL,
    -- The event; null: a test.
    seq             bigint,
    type            text        NOT NULL,
    -- When the event was recorded, or the test was asked for.
    event_at        timestamptz NOT NULL,
    -- The event that was sent before this one; null: this was the first, or a test.
    previous_seq    bigint,
    status          text        NOT NULL CONSTRAINT delivery_status_check CHECK (status IN ('pending', 'delivered', 'failed', 'withheld')),
    attempts        integer     NOT NULL,
    attempted_at    timestamptz,
    next_attempt_at timestamptz,
    -- How the last attempt ended.
    outcome         text,
    response_status integer,
    response_bytes  integer,
    duration_ms     integer,
    excerpt         text,
    CONSTRAINT delivery_event_key UNIQUE (subscription, seq),
    CONSTRAINT delivery_next_check CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX delivery_log ON delivery (subscription, id);
CREATE INDEX delivery_due ON delivery (subscription, next_attempt_at) WHERE status = 'pending';
CREATE INDEX delivery_age ON delivery (attempted_at) WHERE status <> 'pending';

-- What the owner of a subscription has to know of it.
CREATE TABLE subscription_notice (
    id           bigint      GENERATED ALWAYS AS IDENTITY CONSTRAINT subscription_notice_pkey PRIMARY KEY,
    subscription text        NOT NULL,
    type         text        NOT NULL,
    at           timestamptz NOT NULL,
    detail       text        NOT NULL
);
CREATE INDEX subscription_notice_of ON subscription_notice (subscription, id);

-- The silo that delivers. Its term ends when it was not prolonged in time, by the clock of the database; what an earlier term writes is refused.
CREATE TABLE delivery_term (
    only_row boolean CONSTRAINT delivery_term_pkey PRIMARY KEY DEFAULT true CONSTRAINT delivery_term_only_row_check CHECK (only_row),
    term     bigint      NOT NULL,
    until    timestamptz NOT NULL
);
INSERT INTO delivery_term (term, until) VALUES (0, '-infinity');

GRANT USAGE ON SEQUENCE subscription_revision TO supervision_serving;
GRANT SELECT, INSERT, UPDATE, DELETE ON subscription, subscription_progress, delivery, subscription_notice TO supervision_serving;
GRANT SELECT, UPDATE ON delivery_term TO supervision_serving;
