package web

// RouteForTest is a row of the table as tests see it.
type RouteForTest struct {
	Pattern string
	Role    string // the least role; empty: open to all
}

// RoutesForTest is the table.
func RoutesForTest() []RouteForTest {
	names := map[need]string{nobody: "", pending: "reader", reader: "reader", seller: "seller", manager: "manager", owner: "owner"}
	all := make([]RouteForTest, 0, len(routes))
	for _, r := range routes {
		all = append(all, RouteForTest{Pattern: r.pattern, Role: names[r.need]})
	}
	return all
}

// PasswordFieldsForTest are the names of fields that hold a password.
var PasswordFieldsForTest = passwordFields
