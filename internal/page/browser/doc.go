// Package browser tests the page of package page in a real browser: Chromium, driven over its debugging
// protocol, on a server in a process of its own.
//
//	go test .                       # needs Chromium: apt-get install chromium, or TAJUK_CHROMIUM=/path/to/it
//	go test . -screens /tmp/screens # also keeps pictures of what the page looks like
//
// Every test ends by asking whether the page has asked another host for something, broken its
// Content-Security-Policy or thrown an error; [TestWatch] shows that it would be noticed.
//
// It is a module of its own: the driver is large, and nothing of it belongs into the product.
package browser
