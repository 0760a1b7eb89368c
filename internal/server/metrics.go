package server

import (
	"time"

	grpcprom "github.com/grpc-ecosystem/go-grpc-middleware/providers/prometheus"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/access"
	"github.com/tajuk/tajuk/internal/feedback"
	"github.com/tajuk/tajuk/model"
)

// metrics are what a server tells Prometheus. No label takes a value from a request, so that
// callers cannot make them many.
type metrics struct {
	registry  *prometheus.Registry
	calls     *grpcprom.ServerMetrics // grpc_server_…, calls over HTTP included
	http      *prometheus.HistogramVec
	refused   *prometheus.CounterVec
	documents *prometheus.CounterVec
	topics    *prometheus.CounterVec
	coverage  prometheus.Histogram
}

// latencies are the bounds of what a call may take, in seconds: a headline takes a tenth of a
// millisecond, the largest batch a few hundred.
var latencies = []float64{.00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}

func newMetrics(status ModelStatus, load *access.Load) *metrics {
	counter := func(name, help, label string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, []string{label})
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		calls:    grpcprom.NewServerMetrics(grpcprom.WithServerHandlingTimeHistogram(grpcprom.WithHistogramBuckets(latencies))),
		http: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tajuk_http_request_duration_seconds", Help: "Time to answer over HTTP.", Buckets: latencies,
		}, []string{"code", "method"}),
		refused:   counter("tajuk_refused_total", "Calls refused before their message was worked on.", "reason"),
		documents: counter("tajuk_documents_total", "Documents answered for.", "outcome"),
		topics:    counter("tajuk_topics_assigned_total", "Topics assigned to documents.", "topic"),
		coverage: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "tajuk_document_coverage", Help: "Share of a document's words that the model knows.",
			Buckets: []float64{.1, .2, .3, .4, .5, .6, .7, .8, .9, 1},
		}),
	}
	for _, outcome := range outcomes {
		m.documents.WithLabelValues(outcome)
	}
	for _, reason := range []string{reasonTokenMissing, reasonTokenInvalid, reasonForbidden, access.RateLimited, access.TooManyCalls, access.Overloaded} {
		m.refused.WithLabelValues(reason)
	}
	m.registry.MustRegister(m.calls, m.http, m.refused, m.documents, m.topics, m.coverage, loadCollector{load}, modelCollector{status},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// corrections has the number of corrections told, if they are kept.
func (m *metrics) corrections(kept *feedback.Log) {
	if kept != nil {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "tajuk_feedback_corrections", Help: "Corrections that are kept.",
		}, func() float64 { return float64(kept.Len()) }))
	}
}

// outcomes are the values of the label outcome, by classifier.Outcome.
var outcomes = map[classifier.Outcome]string{
	classifier.Tagged: "tagged", classifier.NoTopic: "no_topic", classifier.Abstained: "abstained",
}

// document counts an answer. It is given only what the answer holds.
func (m *metrics) document(model *model.Model, p *classifier.Prediction) {
	m.documents.WithLabelValues(outcomes[p.Outcome]).Inc()
	m.coverage.Observe(p.Coverage())
	for _, s := range p.Topics {
		if s.Assigned {
			m.topics.WithLabelValues(model.Manifest.Topics[s.Topic].ID).Inc()
		}
	}
}

// ModelStatus is what is known about the model that answers. It must be safe for
// concurrent use.
type ModelStatus interface {
	// Version is NAME@VERSION of the model that answers.
	Version() string
	// Loaded is when that model began to answer, and the error of the last attempt to
	// replace it, or nil if that went well or never was.
	Loaded() (at time.Time, failed error)
}

// modelCollector tells Prometheus about the model.
type modelCollector struct{ status ModelStatus }

var (
	modelInfo   = prometheus.NewDesc("tajuk_model_info", "The model that answers, as label.", []string{"version"}, nil)
	modelLoaded = prometheus.NewDesc("tajuk_model_loaded_timestamp_seconds", "When the model began to answer.", nil, nil)
	modelReload = prometheus.NewDesc("tajuk_model_last_reload_successful", "0 if the last attempt to replace the model failed.", nil, nil)

	workDone    = prometheus.NewDesc("tajuk_work_in_progress", "Calls being worked on.", nil, nil)
	workWaiting = prometheus.NewDesc("tajuk_work_waiting", "Calls waiting to be worked on.", nil, nil)
)

// Describe sends the descriptions.
func (modelCollector) Describe(to chan<- *prometheus.Desc) {
	to <- modelInfo
	to <- modelLoaded
	to <- modelReload
}

// Collect sends the values.
func (c modelCollector) Collect(to chan<- prometheus.Metric) {
	at, failed := c.status.Loaded()
	ok := 1.0
	if failed != nil {
		ok = 0
	}
	to <- prometheus.MustNewConstMetric(modelInfo, prometheus.GaugeValue, 1, c.status.Version())
	to <- prometheus.MustNewConstMetric(modelLoaded, prometheus.GaugeValue, float64(at.UnixMilli())/1000)
	to <- prometheus.MustNewConstMetric(modelReload, prometheus.GaugeValue, ok)
}

// loadCollector tells Prometheus how busy the server is.
type loadCollector struct{ load *access.Load }

// Describe sends the descriptions.
func (loadCollector) Describe(to chan<- *prometheus.Desc) {
	to <- workDone
	to <- workWaiting
}

// Collect sends the values.
func (c loadCollector) Collect(to chan<- prometheus.Metric) {
	working, waiting := c.load.Busy()
	to <- prometheus.MustNewConstMetric(workDone, prometheus.GaugeValue, float64(working))
	to <- prometheus.MustNewConstMetric(workWaiting, prometheus.GaugeValue, float64(waiting))
}
