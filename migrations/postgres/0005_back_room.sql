-- The shop's back room: how staff find orders, what they note, send and take back, and the ledger of the stock.
ALTER TABLE orders ADD COLUMN buyer_key TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE orders SET buyer_key = lower(coalesce(organisation, name));
CREATE INDEX orders_placed ON orders (placed_at, number);
CREATE INDEX orders_state ON orders (state, placed_at, number);
CREATE INDEX orders_fulfilment ON orders (fulfilment, placed_at, number);
CREATE INDEX orders_gross ON orders (gross, number);
CREATE INDEX orders_buyer_key ON orders (buyer_key, number);

-- Every word that an order is found by, folded: number, name, organisation, titles, ISBN.
CREATE TABLE order_words (
    word TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (word, number)
);
INSERT INTO order_words (word, number)
    SELECT 'b' || number, number FROM orders
    UNION SELECT CAST(number AS TEXT), number FROM orders
    UNION SELECT lower(name), number FROM orders
    UNION SELECT lower(organisation), number FROM orders WHERE organisation IS NOT NULL
    UNION SELECT lower(l.title), o.number FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.kind = 'goods'
    UNION SELECT l.isbn, o.number FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.isbn IS NOT NULL;

CREATE TABLE order_notes (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    text TEXT NOT NULL CHECK (text <> ''),
    written_by TEXT NOT NULL,
    at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX order_notes_order ON order_notes (order_id, at);

ALTER TABLE editions ADD COLUMN low_stock BIGINT NOT NULL DEFAULT 5 CHECK (low_stock >= 0);

-- The ledger of the stock: each change of an edition's copies, in the transaction that made it. The sums of an edition's
-- movements are what its row says.
CREATE TABLE stock_movements (
    edition_id TEXT NOT NULL REFERENCES editions (id),
    position BIGINT NOT NULL CHECK (position > 0),
    kind TEXT NOT NULL CHECK (kind IN ('opened', 'received', 'held', 'released', 'sent', 'returned', 'corrected', 'written_off')),
    on_hand BIGINT NOT NULL,
    held BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    about TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (edition_id, position),
    CHECK (kind NOT IN ('received', 'returned') OR (on_hand >= 0 AND held = 0)),
    CHECK (kind NOT IN ('held', 'released') OR on_hand = 0),
    CHECK (kind <> 'sent' OR (on_hand = held AND held <= 0)),
    CHECK (kind <> 'written_off' OR (on_hand <= 0 AND held = 0))
);
INSERT INTO stock_movements (edition_id, position, kind, on_hand, held, made_by, about, reason, at)
    SELECT id, 1, 'opened', on_hand, held, 'system', '', '', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') FROM editions WHERE on_hand > 0 OR held > 0;

ALTER TABLE orders ADD COLUMN parcels BIGINT NOT NULL DEFAULT 0 CHECK (parcels >= 0);
-- `held` stays what was set aside for the line; what has left the house is counted beside it.
ALTER TABLE order_lines ADD COLUMN sent BIGINT NOT NULL DEFAULT 0 CHECK (sent >= 0 AND sent <= held);
ALTER TABLE order_lines ADD COLUMN returned BIGINT NOT NULL DEFAULT 0 CHECK (returned >= 0 AND returned <= sent);

CREATE TABLE shipments (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    number BIGINT NOT NULL CHECK (number > 0),
    tracking TEXT NOT NULL,
    sent_by TEXT NOT NULL,
    sent_at TEXT COLLATE "C" NOT NULL,
    UNIQUE (order_id, number)
);

CREATE TABLE shipment_lines (
    shipment_id TEXT NOT NULL REFERENCES shipments (id),
    position BIGINT NOT NULL,
    copies BIGINT NOT NULL CHECK (copies > 0),
    PRIMARY KEY (shipment_id, position)
);
