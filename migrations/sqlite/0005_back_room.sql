-- The shop's back room: how staff find orders, what they note, send and take back, and the ledger of the stock.
ALTER TABLE orders ADD COLUMN buyer_key TEXT NOT NULL DEFAULT '';
UPDATE orders SET buyer_key = lower(coalesce(organisation, name));
CREATE INDEX orders_placed ON orders (placed_at, number);
CREATE INDEX orders_state ON orders (state, placed_at, number);
CREATE INDEX orders_fulfilment ON orders (fulfilment, placed_at, number);
CREATE INDEX orders_gross ON orders (gross, number);
CREATE INDEX orders_buyer_key ON orders (buyer_key, number);

-- Every word that an order is found by, folded: number, name, organisation, titles, ISBN.
CREATE TABLE order_words (
    word TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (word, number)
) STRICT, WITHOUT ROWID;
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
    at TEXT NOT NULL
) STRICT;
CREATE INDEX order_notes_order ON order_notes (order_id, at);
