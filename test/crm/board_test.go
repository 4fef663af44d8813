package crm_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/grupobizopps/salexops/crm"
)

// seen evaluates a script that says yes or no until it says yes.
func (c *chromium) seen(what, script string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.tab, patience)
	defer cancel()
	for {
		if yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script)); err == nil && yes {
			return
		}
		if _, err := chromedp.Run(ctx, chromedp.Sleep(30*time.Millisecond)); err != nil {
			c.t.Fatalf("%s does not come: %s", what, c.text())
		}
	}
}

// center is the middle of an element, in the window.
func (c *chromium) center(selector string) (x, y float64) {
	c.t.Helper()
	c.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		at, err := chromedp.Evaluate[[]float64](fmt.Sprintf(
			`(()=>{const b=document.querySelector(%q).getBoundingClientRect();return [b.x+b.width/2,b.y+b.height/2]})()`, selector))(ctx, t)
		if err == nil {
			x, y = at[0], at[1]
		}
		return err
	}))
	return x, y
}

func (c *chromium) mouse(kind input.DispatchMouseEventType, x, y float64) {
	c.t.Helper()
	held := int64(1)
	if kind == input.DispatchMouseEventTypeMouseReleased {
		held = 0
	}
	send(c, input.DispatchMouseEvent, input.DispatchMouseEventParams{
		Type: kind, X: x, Y: y, Button: input.MouseButtonLeft, Buttons: held, ClickCount: 1,
	})
}

func (c *chromium) touch(kind input.DispatchTouchEventType, points ...float64) {
	c.t.Helper()
	all := []*input.TouchPoint{}
	for i := 0; i+1 < len(points); i += 2 {
		all = append(all, &input.TouchPoint{X: points[i], Y: points[i+1]})
	}
	send(c, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: all})
}

// onBoard is an office with one deal, on whose board somebody looks.
func onBoard(t *testing.T) (*place, *chromium, *crm.Deal) {
	t.Helper()
	p, c := newPlace(t), openChromium(t)
	d := &crm.Deal{Name: "Uniformes 2027", Value: crm.Money{Minor: 7440000, Currency: crm.MXN}}
	if err := p.DB.CreateDeal(p.owner, d); err != nil {
		t.Fatal(err)
	}
	c.signIn(p)
	return p, c, d
}

func (p *place) stage(t *testing.T, d *crm.Deal) int64 {
	t.Helper()
	read, err := p.DB.Deal(p.owner, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	return read.StageID
}

func inLane(d *crm.Deal, stage int) string {
	return fmt.Sprintf(`!!document.querySelector("[data-lane='%d'] #deal-%d")`, stage, d.ID)
}

// dragOver takes what a selector finds with the mouse to the middle of another
// element and holds it there; it returns where to let go.
func (c *chromium) dragOver(what, target string) (x, y float64) {
	c.t.Helper()
	fromX, fromY := c.center(what)
	x, y = c.center(target)
	c.mouse(input.DispatchMouseEventTypeMousePressed, fromX, fromY)
	for step := range 10 {
		part := float64(step+1) / 10
		c.mouse(input.DispatchMouseEventTypeMouseMoved, fromX+(x-fromX)*part, fromY+(y-fromY)*part)
	}
	return x, y
}

func TestADealIsDraggedByMouse(t *testing.T) {
	p, c, d := onBoard(t)
	c.open(p.at("acme", "/deals"))
	toX, toY := c.dragOver("#deal-1 .deal-with", "[data-lane='3'] [data-lane-cards]")
	c.seen("the card in the hand", `!!document.querySelector(".deal-ghost") && !document.querySelector("[data-lost]").hidden`)
	c.mouse(input.DispatchMouseEventTypeMouseReleased, toX, toY)
	c.sees("«Uniformes 2027» pasó a Propuesta.")
	c.seen("the card in its lane", inLane(d, 3)+` && document.querySelector("#lane-head-3 .count").textContent === "1"`)
	if got := p.stage(t, d); got != 3 {
		t.Errorf("the deal is in stage %d", got)
	}
	c.press("Deshacer")
	c.sees("Se deshizo el cambio en «Uniformes 2027»")
	c.seen("the card where it was", inLane(d, 1))
	// Dropped on what appears below, a deal is lost, with a reason.
	x, y := c.center("#deal-1 .deal-with")
	c.mouse(input.DispatchMouseEventTypeMousePressed, x, y)
	c.mouse(input.DispatchMouseEventTypeMouseMoved, x+20, y+20)
	c.seen("the place of lost deals", `!document.querySelector("[data-lost]").hidden`)
	toX, toY = c.center("[data-lost]")
	c.mouse(input.DispatchMouseEventTypeMouseMoved, toX, toY)
	c.mouse(input.DispatchMouseEventTypeMouseReleased, toX, toY)
	c.sees("¿Por qué se perdió?")
	c.isCalm()
}

func TestADealIsMovedByKeyboard(t *testing.T) {
	p, c, d := onBoard(t)
	c.open(p.at("acme", "/deals"))
	c.do(chromedp.SendKeys(chromedp.CSS("#deal-1 .grip"), kb.Enter))
	c.sees("Mover a…")
	c.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	c.sees("«Uniformes 2027» pasó a Calificado.")
	c.seen("the focus on the card", inLane(d, 2)+` && !!document.activeElement.closest("#deal-1")`)
	if got := p.stage(t, d); got != 2 {
		t.Errorf("the deal is in stage %d", got)
	}
	c.isCalm()
}

func TestADealIsDraggedByTouchAndScrollingStaysScrolling(t *testing.T) {
	p, c, d := onBoard(t)
	send(c, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 360, Height: 780, DeviceScaleFactor: 2, Mobile: true})
	send(c, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 1})
	c.open(p.at("acme", "/deals"))
	x, y := c.center("#deal-1 .deal-with")
	c.touch(input.DispatchTouchEventTypeTouchStart, x, y)
	for step := range 8 {
		c.touch(input.DispatchTouchEventTypeTouchMove, x-float64(step+1)*22, y)
	}
	c.touch(input.DispatchTouchEventTypeTouchEnd)
	c.seen("the next lane", `document.querySelector("#board").scrollLeft > 150 && !document.querySelector(".deal-ghost")`)
	if got := p.stage(t, d); got != 1 {
		t.Fatalf("a swipe moved the deal to stage %d", got)
	}
	for name, hold := range map[string]string{"the handle": "#deal-1 .grip", "a long press": "#deal-1 .deal-with"} {
		if _, _, err := p.DB.MoveDeal(p.owner, crm.Move{DealID: d.ID, StageID: 1}); err != nil {
			t.Fatal(err)
		}
		c.open(p.at("acme", "/deals"))
		c.carry(hold, name)
		c.sees("«Uniformes 2027» pasó a Calificado.")
		if got := p.stage(t, d); got != 2 {
			t.Errorf("%s: the deal is in stage %d", name, got)
		}
	}
	c.isCalm()
}

// carry takes a card with a finger to the edge of the phone until the second
// lane has come, and drops it there.
func (c *chromium) carry(hold, name string) {
	c.t.Helper()
	x, y := c.center(hold)
	c.touch(input.DispatchTouchEventTypeTouchStart, x, y)
	if hold == "#deal-1 .grip" {
		c.touch(input.DispatchTouchEventTypeTouchMove, x-12, y+4)
	}
	c.seen(name, `!!document.querySelector(".deal-ghost")`)
	c.touch(input.DispatchTouchEventTypeTouchMove, 345, y+4)
	c.seen("the second lane below the finger", `document.querySelector("[data-lane='2']").getBoundingClientRect().left < 120`)
	c.touch(input.DispatchTouchEventTypeTouchMove, 180, y+8)
	c.seen("the second lane as the target", `document.querySelector("[data-lane='2']").classList.contains("lane-over")`)
	c.touch(input.DispatchTouchEventTypeTouchEnd)
}
