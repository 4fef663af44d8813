-- +goose Up

-- A lead becomes a deal, too. When that is gone for good, the lead forgets it.
ALTER TABLE lead DROP COLUMN deal_id;
ALTER TABLE lead ADD COLUMN deal_id INTEGER REFERENCES deal (id) ON DELETE SET NULL;
CREATE INDEX lead_deal ON lead (deal_id) WHERE deal_id IS NOT NULL;
