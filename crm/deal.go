package crm

import (
	"context"
	"time"
)

// KindDeal is the kind of Deal.
const KindDeal Kind = "deal"

// DealStatus says whether a deal is decided. It is the kind of its stage.
type DealStatus = StageKind

// QuietAfter is how long an open deal may be without activity before lists
// call it quiet.
const QuietAfter = 14 * 24 * time.Hour

// Deal is something the team tries to sell.
type Deal struct {
	ID        int64
	Name      string // required, at most 200 characters
	CompanyID int64  // 0: none
	ContactID int64  // 0: none
	OwnerID   int64
	// StageID is where the deal stands; 0 in a new deal means the first stage of
	// the first pipeline, 0 in an update where it stands now.
	StageID int64
	// Value is the net total of Items when there are any, else what somebody
	// estimates. It has no IVA.
	Value         Money
	ExpectedClose string // YYYY-MM-DD, or empty
	Source        string // free text, as a contact's
	LostReasonID  int64  // of a lost deal; 0: none given
	LostNote      string // of a lost deal: what the reason does not say
	Items         []LineItem
	CreatedAt     time.Time // UTC
	UpdatedAt     time.Time // UTC
	Version       int64

	Extra

	// What follows is kept by the store and only read by others.

	PipelineID     int64      // of the stage
	Status         DealStatus // of the stage
	Probability    int        // of the stage, in percent
	StageSince     time.Time  // when it entered the stage
	ClosedAt       time.Time  // when it was won or lost; zero: open
	LastActivityAt time.Time  // the last thing the team did about it
	CompanyName    string
	ContactName    string
	OwnerName      string
	StageName      string
	LostReason     string
}

// Orders of deals, besides SortRecent and SortName. Each may be turned round by
// a "-" before it.
const (
	SortValue  Sort = "value"  // the largest amount first, whatever its currency
	SortClose  Sort = "close"  // the earliest expected close first, those without one last
	SortStage  Sort = "stage"  // as the stages stand in their pipelines
	SortClosed Sort = "closed" // last won or lost first
	SortQuiet  Sort = "quiet"  // the longest without activity first
)

// DealFilter chooses a page of deals. Every sort needs Status or StageID, but
// for SortRecent and SortName.
type DealFilter struct {
	Status     DealStatus // empty: all
	PipelineID int64      // 0: all, and so in the other filters
	StageID    int64
	OwnerID    int64
	CompanyID  int64
	ContactID  int64
	// CloseFrom and CloseTo bound the expected close (YYYY-MM-DD, both included).
	CloseFrom, CloseTo string
	// ClosedFrom (included) and ClosedTo (not) bound when a deal was won or lost.
	ClosedFrom, ClosedTo time.Time
	// QuietBefore chooses those without activity since; zero: all.
	QuietBefore   time.Time
	LostReasonID  int64
	Filters       []Filter // of the fields that ListService names; all must hold
	Query         string
	Sort          Sort
	After, Before Cursor
	Limit         int // 1 to 200; 0 means 50
}

// Move takes a deal to another stage.
type Move struct {
	DealID, StageID int64
	// LostReasonID and LostNote say why a deal was lost; elsewhere they are left out.
	LostReasonID int64
	LostNote     string
}

// DealService keeps deals. Errors as ContactService.
type DealService interface {
	Deal(ctx context.Context, id int64) (*Deal, error)
	// Deals lists deals without their Items, tags included.
	Deals(ctx context.Context, f DealFilter) (Page[*Deal], error)
	Board(ctx context.Context, f BoardFilter) (*Board, error)
	CreateDeal(ctx context.Context, d *Deal) error
	// UpdateDeal writes everything but Items; with Items in place Value stays, too.
	UpdateDeal(ctx context.Context, d *Deal) error
	// DeleteDeal moves the deal to the bin. Its quotes keep their numbers.
	DeleteDeal(ctx context.Context, id int64) (actionID int64, err error)
	// MoveDeal moves a deal, wins it, loses it or opens it again, whoever else
	// works on it, and returns the action that UndoAction takes back; 0: it stood
	// there already.
	MoveDeal(ctx context.Context, m Move) (moved *Deal, actionID int64, err error)
	// SetDealItems writes the items of the deal's version, all in this currency,
	// and with them its value.
	SetDealItems(ctx context.Context, id, version int64, currency Currency, items []LineItem) (*Deal, error)
	// DealStages tells through which stages a deal went, the first first.
	DealStages(ctx context.Context, id int64) ([]StageSpan, error)
}

// StageSpan is a time that a deal spent in a stage.
type StageSpan struct {
	StageID   int64
	StageName string
	Entered   time.Time
	Left      time.Time // zero: it is there now
}
