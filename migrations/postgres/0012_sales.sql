-- What the shop has sold, letters to buyers from templates, and when an edition's stock fell low.

-- What of a line has been booked as sold: copies that were sent and did not come back, and their share of the line's sums. The
-- sales of months are the sums of what was booked in them, written in the same transactions.
ALTER TABLE order_lines ADD COLUMN sold BIGINT NOT NULL DEFAULT 0 CHECK (sold >= 0 AND sold <= quantity);
ALTER TABLE order_lines ADD COLUMN sold_gross BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_lines ADD COLUMN sold_net BIGINT NOT NULL DEFAULT 0;

CREATE TABLE sales_months (
    month TEXT COLLATE "C" NOT NULL,
    -- The edition's id, or `freight`.
    item TEXT NOT NULL,
    buyer TEXT NOT NULL CHECK (buyer IN ('private', 'organisation')),
    rate BIGINT NOT NULL,
    isbn TEXT,
    title TEXT NOT NULL,
    copies BIGINT NOT NULL,
    gross BIGINT NOT NULL,
    net BIGINT NOT NULL,
    PRIMARY KEY (month, item, buyer, rate)
);

-- Orders from before are counted in the month in which their last parcel went: earlier returns have no month of their own.
UPDATE order_lines SET sold = sent - returned, sold_gross = unit_price * (sent - returned),
       sold_net = (2 * net * (sent - returned) + quantity) / (2 * quantity) WHERE kind = 'goods' AND quantity > 0 AND sent > returned;
UPDATE order_lines SET sold = 1, sold_gross = gross, sold_net = net
 WHERE kind = 'freight' AND order_id IN (SELECT id FROM orders WHERE parcels > 0 AND state <> 'withdrawn');
INSERT INTO sales_months (month, item, buyer, rate, isbn, title, copies, gross, net)
    SELECT p.month, COALESCE(l.edition_id, 'freight'), o.buyer, l.rate, MAX(l.isbn), MAX(l.title),
           CAST(SUM(CASE WHEN l.kind = 'goods' THEN l.sold ELSE 0 END) AS BIGINT), CAST(SUM(l.sold_gross) AS BIGINT), CAST(SUM(l.sold_net) AS BIGINT)
    FROM order_lines l JOIN orders o ON o.id = l.order_id
    JOIN (SELECT order_id, substr(MAX(sent_at), 1, 7) AS month FROM shipments GROUP BY order_id) p ON p.order_id = o.id
    WHERE l.sold > 0 GROUP BY p.month, COALESCE(l.edition_id, 'freight'), o.buyer, l.rate;

-- Letters that staff send to buyers. Each save is a version of its own, so that what was sent can be told afterwards.
CREATE TABLE order_templates (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    retired BIGINT NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
    created_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE order_template_versions (
    template_id TEXT NOT NULL REFERENCES order_templates (id),
    version BIGINT NOT NULL CHECK (version > 0),
    name TEXT NOT NULL CHECK (name <> ''),
    subject_sv TEXT NOT NULL,
    body_sv TEXT NOT NULL,
    subject_en TEXT NOT NULL,
    body_en TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    saved_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (template_id, version)
);

-- Since when so few copies are free that staff were told; empty while there are enough.
ALTER TABLE editions ADD COLUMN low_since TEXT COLLATE "C";
UPDATE editions SET low_since = (SELECT MAX(m.at) FROM stock_movements m WHERE m.edition_id = editions.id)
 WHERE availability = 'in_print' AND on_hand - held <= low_stock;
