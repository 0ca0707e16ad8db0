-- Baskets, orders and the dated rates that prices are reckoned with. Money is öre including VAT; rates are basis points.
CREATE TABLE vat_rates (
    kind TEXT NOT NULL CHECK (kind IN ('freight')),
    valid_from TEXT COLLATE "C" NOT NULL,
    rate BIGINT NOT NULL CHECK (rate >= 0),
    PRIMARY KEY (kind, valid_from)
);
-- Freight is its own service at the general rate (ML 9:2) unless it follows the books; see docs/decisions.
INSERT INTO vat_rates (kind, valid_from, rate) VALUES ('freight', '1990-07-01', 2500);

CREATE TABLE freight_rates (
    valid_from TEXT COLLATE "C" NOT NULL,
    min_copies BIGINT NOT NULL CHECK (min_copies > 0),
    price BIGINT NOT NULL CHECK (price >= 0),
    PRIMARY KEY (valid_from, min_copies)
);

CREATE TABLE baskets (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('open', 'ordered')),
    answers TEXT NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX baskets_updated ON baskets (status, updated_at);

CREATE TABLE basket_lines (
    basket_id TEXT NOT NULL REFERENCES baskets (id) ON DELETE CASCADE,
    edition_id TEXT NOT NULL REFERENCES editions (id),
    quantity BIGINT NOT NULL CHECK (quantity BETWEEN 1 AND 999),
    price_seen BIGINT NOT NULL,
    added_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (basket_id, edition_id)
);

CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    basket_id TEXT NOT NULL UNIQUE REFERENCES baskets (id),
    link_hash TEXT NOT NULL UNIQUE,
    lang TEXT NOT NULL CHECK (lang IN ('sv', 'en')),
    state TEXT NOT NULL CHECK (state IN ('received', 'confirmed', 'completed', 'cancelled', 'withdrawn')),
    fulfilment TEXT NOT NULL CHECK (fulfilment IN ('to_pick', 'backordered', 'packed', 'shipped', 'delivered', 'returned', 'none')),
    payment TEXT NOT NULL CHECK (payment IN ('not_due', 'due', 'paid', 'refunded', 'none')),
    invoice TEXT NOT NULL CHECK (invoice IN ('draft', 'issued', 'credited', 'none')),
    buyer TEXT NOT NULL CHECK (buyer IN ('private', 'organisation')),
    organisation TEXT,
    orgnr TEXT,
    reference TEXT,
    cost_centre TEXT,
    peppol_id TEXT,
    invoice_by TEXT NOT NULL CHECK (invoice_by IN ('email', 'post', 'peppol')),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT,
    delivery_address TEXT NOT NULL,
    invoice_address TEXT,
    gross BIGINT NOT NULL CHECK (gross >= 0),
    net BIGINT NOT NULL,
    vat BIGINT NOT NULL,
    terms TEXT NOT NULL,
    version BIGINT NOT NULL,
    placed_at TEXT COLLATE "C" NOT NULL,
    withdraw_until TEXT COLLATE "C",
    updated_at TEXT COLLATE "C" NOT NULL,
    CHECK (gross = net + vat)
);

CREATE TABLE order_lines (
    order_id TEXT NOT NULL REFERENCES orders (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('goods', 'freight')),
    edition_id TEXT REFERENCES editions (id),
    isbn TEXT,
    title TEXT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity BETWEEN 0 AND 999),
    unit_price BIGINT NOT NULL,
    rate BIGINT NOT NULL,
    gross BIGINT NOT NULL,
    net BIGINT NOT NULL,
    vat BIGINT NOT NULL,
    held BIGINT NOT NULL CHECK (held >= 0),
    backordered BIGINT NOT NULL CHECK (backordered >= 0),
    PRIMARY KEY (order_id, position),
    CHECK (gross = net + vat),
    CHECK (kind = 'freight' OR held + backordered = quantity)
);
CREATE INDEX order_lines_edition ON order_lines (edition_id);

CREATE TABLE order_events (
    order_id TEXT NOT NULL REFERENCES orders (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    actor TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (order_id, position)
);
