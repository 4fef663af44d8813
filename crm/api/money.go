package api

import "github.com/grupobizopps/salexops/crm"

// money is an amount as JSON: a decimal text, which no program rounds.
type money struct {
	Amount   string `json:"amount" pattern:"^\\d{1,11}(\\.\\d{1,2})?$" example:"12500.50" doc:"In units of the currency with at most two decimals; a text, so that it stays exact."`
	Currency string `json:"currency,omitempty" enum:"MXN,USD" default:"MXN" doc:"ISO 4217."`
}

func showMoney(m crm.Money) *money {
	return &money{Amount: m.Amount(), Currency: string(m.Currency)}
}

// take reads an amount; what is no amount becomes one that the rules refuse.
func (m *money) take() crm.Money {
	if m == nil {
		return crm.Money{}
	}
	read, err := crm.ParseMoney(m.Amount, crm.Currency(m.Currency))
	if err != nil {
		return crm.Money{Minor: -1, Currency: crm.Currency(m.Currency)}
	}
	return read
}

// takeQuantity reads a number of units. The rules refuse zero.
func takeQuantity(text string) crm.Quantity {
	q, err := crm.ParseQuantity(text)
	if err != nil {
		return 0
	}
	return q
}

// takePercent reads a share; what is none becomes one that the rules refuse.
func takePercent(text string) crm.Percent {
	p, err := crm.ParsePercent(text)
	if err != nil {
		return -1
	}
	return p
}
