package crm

import "time"

// WonShown is how far back the board's lane of won deals goes.
const WonShown = 30 * 24 * time.Hour

// BoardFilter chooses a board: the open stages of a pipeline and the deals won
// lately.
type BoardFilter struct {
	PipelineID int64 // 0: the first
	OwnerID    int64 // 0: all
	WonSince   time.Time
	// MonthFrom and MonthTo are the first and last day of the month that the
	// forecast is about (YYYY-MM-DD).
	MonthFrom, MonthTo string
	Limit              int // cards a lane; 0: 50
}

// Lane chooses the cards of one stage: open deals in the order of their expected
// close, won ones the last first.
func (f BoardFilter) Lane(stage Stage) DealFilter {
	lane := DealFilter{StageID: stage.ID, OwnerID: f.OwnerID, Sort: SortClose, Limit: f.Limit}
	if stage.Kind != StageOpen {
		lane.Sort, lane.ClosedFrom = SortClosed, f.WonSince
	}
	return lane
}

// Board is a pipeline with the deals in it, lane by lane.
type Board struct {
	Pipeline *Pipeline
	Lanes    []Lane // the open stages in their order, then won
	Open     Tally  // of all open stages
	// Forecast is what the open deals that should close in the month come to,
	// each weighted with the probability of its stage.
	Forecast []Money
}

// Lane is one stage on the board.
type Lane struct {
	Stage Stage
	Tally Tally
	Deals Page[*Deal]
}

// Tally counts deals and sums their values, a sum a currency, pesos first.
type Tally struct {
	Count int
	Sums  []Money
}

// Add counts deals of one currency in.
func (t *Tally) Add(count int, sum Money) {
	t.Count += count
	t.Sums = AddMoney(t.Sums, sum)
}

// AddMoney adds an amount to the sum of its currency. The sums are in the
// order of Currencies; those of nothing are left out.
func AddMoney(sums []Money, m Money) []Money {
	if m.IsZero() {
		return sums
	}
	for i := range sums {
		if sums[i].Currency == m.Currency {
			sums[i].Minor += m.Minor
			return sums
		}
	}
	if m.Currency == Currencies[0] {
		return append([]Money{m}, sums...)
	}
	return append(sums, m)
}
