package page

import "net/url"

// TagLink is the address of a list of what has a tag.
func TagLink(list, tag string) string { return list + "?" + url.Values{"tag": {tag}}.Encode() }
