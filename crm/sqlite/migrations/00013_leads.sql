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

-- Activities about leads. They go along to what a lead becomes: its contact, its
-- company and its deal have them in their timelines, too.
ALTER TABLE activity ADD COLUMN lead_id INTEGER REFERENCES lead (id) ON DELETE SET NULL;
CREATE INDEX activity_lead ON activity (lead_id) WHERE lead_id IS NOT NULL;

DROP VIEW activity_reach;
CREATE VIEW activity_reach (activity_id, kind, record_id) AS
    SELECT id, 'contact', contact_id FROM activity WHERE contact_id IS NOT NULL
    UNION ALL
    SELECT id, 'company', company_id FROM activity WHERE company_id IS NOT NULL
    UNION ALL
    SELECT a.id, 'company', c.company_id FROM activity AS a JOIN contact AS c ON c.id = a.contact_id WHERE c.company_id IS NOT NULL
    UNION ALL
    SELECT id, 'deal', deal_id FROM activity WHERE deal_id IS NOT NULL
    UNION ALL
    SELECT a.id, 'company', d.company_id FROM activity AS a JOIN deal AS d ON d.id = a.deal_id WHERE d.company_id IS NOT NULL
    UNION ALL
    SELECT id, 'lead', lead_id FROM activity WHERE lead_id IS NOT NULL
    UNION ALL
    SELECT a.id, 'contact', l.contact_id FROM activity AS a JOIN lead AS l ON l.id = a.lead_id WHERE l.contact_id IS NOT NULL
    UNION ALL
    SELECT a.id, 'company', l.company_id FROM activity AS a JOIN lead AS l ON l.id = a.lead_id WHERE l.company_id IS NOT NULL
    UNION ALL
    SELECT a.id, 'deal', l.deal_id FROM activity AS a JOIN lead AS l ON l.id = a.lead_id WHERE l.deal_id IS NOT NULL;

DROP TRIGGER activity_changed;
-- +goose StatementBegin
CREATE TRIGGER activity_changed AFTER UPDATE OF contact_id, company_id, deal_id, lead_id, happened_at, type, starts, due ON activity
BEGIN
    DELETE FROM activity_link WHERE activity_id = NEW.id;
    INSERT OR IGNORE INTO activity_link (kind, record_id, happened_at, activity_id, type, next)
        SELECT v.kind, v.record_id, NEW.happened_at, NEW.id, NEW.type, iif(NEW.type = 'meeting', NEW.starts, NEW.due)
        FROM activity_reach AS v WHERE v.activity_id = NEW.id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER lead_moved AFTER UPDATE OF contact_id, company_id, deal_id ON lead
    WHEN OLD.contact_id IS NOT NEW.contact_id OR OLD.company_id IS NOT NEW.company_id OR OLD.deal_id IS NOT NEW.deal_id
BEGIN
    UPDATE activity SET lead_id = lead_id WHERE lead_id = NEW.id;
END;
-- +goose StatementEnd
