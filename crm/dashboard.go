package crm

import (
	"context"
	"time"
)

// DashboardFilter says what a dashboard is about.
type DashboardFilter struct {
	PipelineID int64 // 0: the first
	OwnerID    int64 // 0: everybody's
	Period     Period
	// Now is in the tenant's zone, whose months and days the figures have.
	Now time.Time
}

// Dashboard tells how selling goes: what stands now, what was decided in a
// period, what may come. Amounts of different currencies are never added up.
type Dashboard struct {
	Pipeline *Pipeline
	// Currencies that deals have, the most used first; at least one.
	Currencies []Currency
	Stages     []StageTally // open deals, by the open stages in their order
	Funnel     []FunnelStep // of the deals that were created in the period
	Won, Lost  Tally        // decided in the period
	Results    []MonthResult
	Forecast   []Outlook
	Stays      []Stay           // in the open stages, in their order
	People     []PersonActivity // the most active first
}

// StageTally is what the deals of a stage come to.
type StageTally struct {
	Stage Stage
	Tally Tally
}

// MonthResult is what was decided in a month.
type MonthResult struct {
	Month     Span
	Won, Lost Tally
}

// PersonActivity counts what somebody did in the period: notes written, calls
// made, meetings held, tasks done.
type PersonActivity struct {
	UserID int64
	Name   string
	Counts map[ActivityType]int
}

// Total counts all types.
func (p PersonActivity) Total() int {
	total := 0
	for _, count := range p.Counts {
		total += count
	}
	return total
}

// Empty says whether there is no deal and no activity to tell about.
func (d *Dashboard) Empty() bool {
	if d.Open().Count+d.Won.Count+d.Lost.Count+len(d.People) > 0 {
		return false
	}
	for _, m := range d.Results {
		if m.Won.Count+m.Lost.Count > 0 {
			return false
		}
	}
	return len(d.Funnel) == 0 || d.Funnel[0].Count == 0
}

// Open is what all open deals come to.
func (d *Dashboard) Open() Tally {
	var open Tally
	for _, s := range d.Stages {
		open.Count += s.Tally.Count
		for _, sum := range s.Tally.Sums {
			open.Sums = AddMoney(open.Sums, sum)
		}
	}
	return open
}

// WinRate is the share of won deals among those decided, in percent; ok is
// false when none was.
func (d *Dashboard) WinRate() (percent int, ok bool) {
	return Share(d.Won.Count, d.Won.Count+d.Lost.Count)
}

// Sum is the amount of one currency.
func (t Tally) Sum(c Currency) Money {
	for _, sum := range t.Sums {
		if sum.Currency == c {
			return sum
		}
	}
	return Money{Currency: c}
}

// DealSlice chooses the deals behind a figure.
type DealSlice struct {
	DealFilter
	Currency Currency // empty: all
	// Undated chooses the deals of which nobody said when they should close.
	Undated bool
	// Created bounds when the deals were created.
	Created Span
	// ReachedID is an open stage of PipelineID: the deals that came as far as it, or
	// further; won ones came all the way.
	ReachedID int64
	// LeftID is a stage that the deals left in Left.
	LeftID int64
	Left   Span
}

// DealSum is what the deals of a slice come to, however many pages they fill.
type DealSum struct {
	Tally
	// Weighted is the value of the deals times the probability of their stages.
	Weighted []Money
}

// ActivitySlice chooses the activities behind a figure.
type ActivitySlice struct {
	OwnerID       int64
	Type          ActivityType // empty: all
	Span          Span
	After, Before Cursor
}

// Work is an activity that was done, and when.
type Work struct {
	*Activity
	At time.Time // UTC
}

// DashboardService looks at how selling goes. A seller who sees own records
// alone gets figures of these alone. Errors: ErrNotFound, Invalid.
type DashboardService interface {
	Dashboard(ctx context.Context, f DashboardFilter) (*Dashboard, error)
	// DealsBehind lists the deals behind a figure, and SumDeals sums all of them.
	DealsBehind(ctx context.Context, s DealSlice) (Page[*Deal], error)
	SumDeals(ctx context.Context, s DealSlice) (*DealSum, error)
	// ActivitiesBehind lists the activities behind a figure, the last first, and
	// CountActivities counts all of them.
	ActivitiesBehind(ctx context.Context, s ActivitySlice) (Page[Work], error)
	CountActivities(ctx context.Context, s ActivitySlice) (int, error)
	// SeesAll says whether the actor sees records of others.
	SeesAll(ctx context.Context) (bool, error)
}
