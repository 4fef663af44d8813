package crm

// FunnelStep is how many deals came as far as a stage, or further. The last
// step of a funnel are the deals that were won.
type FunnelStep struct {
	Stage Stage
	Count int
}

// NewFunnel makes the funnel of a pipeline out of how many deals came as far as
// a stage and no further. All came into the funnel, whatever became of the
// stage they came to.
func NewFunnel(p *Pipeline, furthest map[int64]int) []FunnelStep {
	stages := append(p.Open(), p.Closing(StageWon))
	funnel := make([]FunnelStep, len(stages))
	count := 0
	for i := len(stages) - 1; i >= 0; i-- {
		count += furthest[stages[i].ID]
		funnel[i] = FunnelStep{Stage: stages[i], Count: count}
	}
	funnel[0].Count = 0
	for _, count := range furthest {
		funnel[0].Count += count
	}
	return funnel
}

// Share is a part of a whole in percent, rounded; ok is false for nothing of
// nothing.
func Share(part, whole int) (percent int, ok bool) {
	if whole == 0 {
		return 0, false
	}
	return (200*part + whole) / (2 * whole), true
}
