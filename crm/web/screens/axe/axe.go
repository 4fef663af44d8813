// Package axe looks at a page in Chromium as somebody does who does not see it
// well, or does not use a mouse: axe-core, and a page that fits its screen.
package axe

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

//go:embed axe.min.js
var script string

// question asks axe-core for everything that breaks WCAG 2.2 AA or good practice.
const question = `;axe.run(document,{runOnly:["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]})` +
	`.then(r=>JSON.stringify(r.violations.map(v=>({id:v.id,help:v.help,nodes:v.nodes.map(n=>` +
	`n.html.slice(0,200)+" :: "+(n.failureSummary||"").split("\n").slice(1).join(" "))}))))`

// Inspect returns what is wrong with the page that a tab shows, each in words;
// err says why it could not look.
func Inspect(ctx context.Context, t *chromedp.Target) (faults []error, err error) {
	wide, err := chromedp.Evaluate[bool](`document.documentElement.scrollWidth > window.innerWidth`)(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("measuring the page: %w", err)
	}
	if wide {
		faults = append(faults, errors.New("the page is wider than the screen"))
	}
	// axe-core works in a world of its own: the page's policy does not see it.
	tree, err := cdp.Call(ctx, t, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		return nil, fmt.Errorf("finding the page: %w", err)
	}
	world, err := cdp.Call(ctx, t, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{
		FrameID: tree.FrameTree.Frame.ID, WorldName: "axe",
	})
	if err != nil {
		return nil, fmt.Errorf("making a world for axe: %w", err)
	}
	yes := true
	answer, err := cdp.Call(ctx, t, runtime.Evaluate, runtime.EvaluateParams{
		Expression: script + question, ContextID: world.ExecutionContextID, AwaitPromise: &yes, ReturnByValue: &yes,
	})
	if err != nil {
		return nil, fmt.Errorf("running axe: %w", err)
	}
	if answer.ExceptionDetails != nil {
		return nil, fmt.Errorf("running axe: %s", answer.ExceptionDetails.Text)
	}
	found, err := violations([]byte(answer.Result.Value))
	return append(faults, found...), err
}

// violations reads axe-core's answer.
func violations(answer []byte) (faults []error, err error) {
	var text string
	if err := json.Unmarshal(answer, &text); err != nil {
		return nil, fmt.Errorf("reading axe's answer: %w", err)
	}
	var all []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return nil, fmt.Errorf("reading axe's answer: %w", err)
	}
	for _, v := range all {
		faults = append(faults, fmt.Errorf("axe %s: %s\n    %s", v.ID, v.Help, v.Nodes))
	}
	return faults, nil
}
