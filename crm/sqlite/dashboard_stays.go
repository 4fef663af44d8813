package sqlite

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// listStays lists which deals left a stage in a stretch of time and how many
// microseconds after they had come, as two texts: adding up in SQL, or a row each,
// takes twice the time. The rows of deals are wide: looking each up there would
// double it, too.
const listStays = `SELECT coalesce(group_concat(h.deal_id), ''), coalesce(group_concat(h.left_at - h.entered_at), '')
	FROM deal_stage AS h CROSS JOIN deal AS r INDEXED BY deal_live ON r.id = h.deal_id
	WHERE h.stage_id = ?1 AND h.left_at >= ?3 AND h.left_at < ?4
		AND (?2 = 0 OR r.owner_id = ?2) AND r.pipeline_id = ?5 AND r.deleted_at IS NULL`

func (r *dashboardRead) stays() error {
	for _, stage := range r.Pipeline.Open() {
		var deals, lengths string
		args := []any{stage.ID, r.f.OwnerID, r.span.From.UnixMicro(), r.span.To.UnixMicro(), r.Pipeline.ID}
		if err := r.db.queries.queryRow(r.ctx, listStays, args...).Scan(&deals, &lengths); err != nil {
			return fmt.Errorf("read time in stage %d: %w", stage.ID, err)
		}
		stayed, err := sumByID(deals, lengths)
		if err != nil {
			return fmt.Errorf("read time in stage %d: %w", stage.ID, err)
		}
		hours := map[int]int{}
		for _, length := range stayed {
			hours[int(time.Duration(length)*time.Microsecond/time.Hour)]++
		}
		r.Stays = append(r.Stays, crm.NewStay(stage, hours))
	}
	return nil
}

// sumByID adds up the numbers of each id: two lists of the same length, written
// with commas.
func sumByID(ids, numbers string) (map[int64]int64, error) {
	sums := make(map[int64]int64, strings.Count(ids, ","))
	for ids != "" {
		var id, number string
		id, ids, _ = strings.Cut(ids, ",")
		number, numbers, _ = strings.Cut(numbers, ",")
		of, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return nil, err
		}
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, err
		}
		sums[of] += n
	}
	return sums, nil
}
