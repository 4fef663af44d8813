-- +goose Up

-- Figures of the dashboard come out of these indexes alone.

-- The funnel: deals by when they were created.
CREATE INDEX deal_created ON deal (pipeline_id, created_at, id, owner_id, status, deleted_at) WHERE deleted_at IS NULL;
-- Time in stage: who left a stage when.
CREATE INDEX deal_stage_left ON deal_stage (stage_id, left_at, deal_id, entered_at) WHERE left_at IS NOT NULL;
-- Activity by person: what was done, by its time.
CREATE INDEX activity_worked ON activity (owner_id, type, happened_at, id, done_at, deleted_at)
    WHERE (type IN ('note', 'meeting') OR done_at > 0) AND deleted_at IS NULL;
