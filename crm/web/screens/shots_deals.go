//go:build screens

package main

import "fmt"

// dealShots are the pages of deals, products and quotes.
func dealShots(s *sites) []shot {
	deal, quote := fmt.Sprintf("/deals/%d", s.deal), fmt.Sprintf("/quotes/%d", s.quote)
	open := `document.querySelector(".lane:nth-child(1) .grip").click()`
	return []shot{
		{name: "d00-board", site: "acme", path: "/deals"},
		{name: "d01-board-empty", site: "empty", path: "/deals"},
		{name: "d02-board-menu", site: "acme", path: "/deals", steps: []string{open}},
		{name: "d04-board-mine", site: "acme", path: "/deals?owner=me"},
		{name: "d05-list", site: "acme", path: "/deals/list"},
		{name: "d06-list-won", site: "acme", path: "/deals/list?status=won&sort=value"},
		{name: "d07-list-stage", site: "acme", path: "/deals/list?stage=3"},
		{name: "d08-list-nothing", site: "acme", path: "/deals/list?q=xyzzy"},
		{name: "d10-deal", site: "acme", path: deal, tall: true},
		{name: "d11-deal-edit", site: "acme", path: deal + "/edit", tall: true},
		{name: "d12-deal-new", site: "acme", path: "/deals/new", tall: true},
		{name: "d13-deal-invalid", site: "acme", path: "/deals/new", tall: true, steps: []string{
			`document.querySelector("#value").value="12.500";document.querySelector("#company").value="San";` + submit}},
		{name: "d14-deal-which", site: "acme", path: "/deals/new", tall: true, steps: []string{
			`document.querySelector("#title").value="Botas";document.querySelector("#company").value="San";` + submit}},
		{name: "d15-deal-picker", site: "acme", path: "/deals/new", steps: []string{typeInto("#contact", "nun")}},
		{name: "d16-deal-lose", site: "acme", path: deal + "/lose", tall: true},
		{name: "d20-items", site: "acme", path: deal + "/items", tall: true},
		{name: "d21-items-pick", site: "acme", path: deal + "/items", steps: []string{
			`document.querySelector("[data-items-add]").click()`, typeInto("#name-2", "gab")}},
		{name: "d22-items-invalid", site: "acme", path: deal + "/items", tall: true, steps: []string{
			`document.querySelector("#price-0").value="12.500";document.querySelector("#quantity-1").value="x";` + submit}},
		{name: "d30-quote", site: "acme", path: quote, tall: true},
		{name: "d31-quote-new", site: "acme", path: deal + "/quotes/new", tall: true},
		{name: "d40-pipelines", site: "acme", path: "/settings/pipelines", tall: true},
		{name: "d41-pipeline", site: "acme", path: "/settings/pipelines/1", tall: true},
		{name: "d42-stage-remove", site: "acme", path: "/settings/stages/2/remove"},
		{name: "d43-products", site: "acme", path: "/settings/products"},
		{name: "d44-products-empty", site: "empty", path: "/settings/products"},
		{name: "d45-product", site: "acme", path: "/settings/products/new", tall: true},
		{name: "d50-move", site: "acme", path: "/deals", check: `!!document.querySelector(".lane:nth-child(2) .deal .deal-name") && !!document.querySelector("#toasts form")`, steps: []string{
			open, `document.querySelector(".lane:nth-child(1) [data-move] button[value='2']").click()`}},
	}
}
