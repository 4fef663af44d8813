package crm

import "strconv"

// maxStages bounds the open stages of a pipeline.
const maxStages = 20

// StageField is the name of a stage's field in Invalid and in the form: "name-0".
func StageField(field string, index int) string { return field + "-" + strconv.Itoa(index) }

// Normalize writes the fields as they are stored, numbers the stages and gives
// a new pipeline its closing stages, named as given.
func (p *Pipeline) Normalize() {
	p.Name = tidy(p.Name)
	for i := range p.Stages {
		s := &p.Stages[i]
		s.Name, s.Position, s.PipelineID = tidy(s.Name), i+1, p.ID
		switch s.Kind {
		case StageWon:
			s.Probability = 100
		case StageLost:
			s.Probability = 0
		default:
			s.Kind = StageOpen
		}
	}
}

// Validate reports every field that cannot be stored, as Invalid, or nil.
func (p *Pipeline) Validate() error {
	invalid := Invalid{}
	if p.Name == "" {
		invalid.set("name", KeyRequired)
	}
	invalid.text("name", p.Name, maxShortText)
	count := map[StageKind]int{}
	for i, s := range p.Stages {
		count[s.Kind]++
		field := StageField("name", i)
		if s.Name == "" {
			invalid.set(field, KeyRequired)
		}
		invalid.text(field, s.Name, maxShortText)
		if s.Probability < 0 || s.Probability > 100 {
			invalid.set(StageField("probability", i), KeyPercent)
		}
	}
	switch {
	case count[StageOpen] == 0 || count[StageWon] != 1 || count[StageLost] != 1:
		invalid.set("stages", KeyRequired)
	case count[StageOpen] > maxStages:
		invalid.set("stages", KeyTooMany)
	}
	return invalid.orNil()
}

// Normalize writes the name as it is stored.
func (r *LostReason) Normalize() { r.Name = tidy(r.Name) }

// Validate reports a name that cannot be stored, as Invalid, or nil.
func (r *LostReason) Validate() error {
	invalid := Invalid{}
	if r.Name == "" {
		invalid.set("name", KeyRequired)
	}
	invalid.text("name", r.Name, maxShortText)
	return invalid.orNil()
}
