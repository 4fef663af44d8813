package page

import "strings"

// trait is a word in a user agent and the name of what says it.
type trait struct{ in, name string }

// Browsers and systems, the more particular first: most user agents also claim
// to be what they are not. The names are the same in every language.
var (
	browsers = []trait{
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
		{"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	}
	systems = []trait{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"},
		{"CrOS", "ChromeOS"}, {"Mac OS X", "Mac"}, {"Linux", "Linux"},
	}
)

func named(userAgent string, marks []trait) string {
	for _, m := range marks {
		if strings.Contains(userAgent, m.in) {
			return m.name
		}
	}
	return ""
}

// DeviceText names a browser and where it runs, as well as a user agent tells.
func DeviceText(f *Frame, userAgent string) string {
	browser, system := named(userAgent, browsers), named(userAgent, systems)
	switch {
	case browser != "" && system != "":
		return f.F("device.on", "Browser", browser, "System", system)
	case browser != "" || system != "":
		return browser + system
	}
	return f.T("device.other")
}
