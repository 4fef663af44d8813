-- +goose Up

-- A lead becomes a deal, too. When that is gone for good, the lead forgets it.
ALTER TABLE lead DROP COLUMN deal_id;
ALTER TABLE lead ADD COLUMN deal_id INTEGER REFERENCES deal (id) ON DELETE SET NULL;

-- Lists of leads: those of one owner that want work, or have one status; filters
-- by the day on which one was made.
CREATE INDEX lead_owner_open_recent ON lead (owner_id, open, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX lead_owner_open_name ON lead (owner_id, open, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX lead_owner_status_recent ON lead (owner_id, status, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX lead_owner_status_name ON lead (owner_id, status, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX lead_created ON lead (created_at) WHERE deleted_at IS NULL;
-- The same of deals, and filters by why they were lost.
CREATE INDEX deal_made ON deal (created_at) WHERE deleted_at IS NULL;
CREATE INDEX deal_reason ON deal (lost_reason_id) WHERE lost_reason_id IS NOT NULL AND deleted_at IS NULL;

CREATE INDEX lead_deal ON lead (deal_id) WHERE deal_id IS NOT NULL;

-- Leads are known by their e-mails and phones. Those from before get their keys
-- while the program runs.
INSERT INTO setting (name, value) SELECT 'identity.pending', '{"lead":0}' WHERE EXISTS (SELECT 1 FROM lead)
ON CONFLICT (name) DO UPDATE SET value = json_set(value, '$.lead', 0);
