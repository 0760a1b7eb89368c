package corpus

// Name is the record's own id, or else its place: what an answer to it is called.
func (r *Record) Name() string {
	if r.ID != "" {
		return r.ID
	}
	return r.Place()
}
