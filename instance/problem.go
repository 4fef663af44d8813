package instance

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// Problem is the body of every refusal, RFC 9457.
type Problem struct {
	// Title says in plain words what kind of refusal this is, Detail what was
	// wrong this time.
	Title  string `json:"title"`
	Detail string `json:"detail,omitempty"`
	Status int    `json:"status"`
	// SerialInForce is set in answer to a stale serial.
	SerialInForce int64 `json:"serialInForce,omitempty"`
}

// write sends the problem as the whole answer.
func (p Problem) write(w http.ResponseWriter) {
	body, err := json.Marshal(p)
	if err != nil { // strings and numbers always encode
		body = []byte(`{}`)
	}
	h := w.Header()
	h.Set("Content-Type", ContentTypeProblem)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(p.Status)
	// The caller may have gone; there is nobody left to tell.
	_, _ = w.Write(body)
}
