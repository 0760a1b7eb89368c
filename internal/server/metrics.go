package server

import (
	"sync"

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
	coverage  *prometheus.HistogramVec
	models    sync.Map // of *modelMetrics by name
}

// modelMetrics are those about the answers of one model. Looking them up by their labels costs more than counting.
type modelMetrics struct {
	outcomes map[classifier.Outcome]prometheus.Counter
	coverage prometheus.Observer
	topics   sync.Map // of prometheus.Counter by topic
}

// latencies are the bounds of what a call may take, in seconds: a headline takes a tenth of a
// millisecond, the largest batch a few hundred.
var latencies = []float64{.00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}

func newMetrics(models *Models, load *access.Load) *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		calls:    grpcprom.NewServerMetrics(grpcprom.WithServerHandlingTimeHistogram(grpcprom.WithHistogramBuckets(latencies))),
		http: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tajuk_http_request_duration_seconds", Help: "Time to answer over HTTP.", Buckets: latencies,
		}, []string{"code", "method"}),
		refused:   counter("tajuk_refused_total", "Calls refused before their message was worked on.", "reason"),
		documents: counter("tajuk_documents_total", "Documents answered for.", "model", "outcome"),
		topics:    counter("tajuk_topics_assigned_total", "Topics assigned to documents.", "model", "topic"),
		coverage: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tajuk_document_coverage", Help: "Share of a document's words that the model knows.",
			Buckets: []float64{.1, .2, .3, .4, .5, .6, .7, .8, .9, 1},
		}, []string{"model"}),
	}
	for _, s := range models.list() {
		m.of(s.name)
	}
	for _, reason := range []string{reasonTokenMissing, reasonTokenInvalid, reasonForbidden, access.RateLimited, access.TooManyCalls, access.Overloaded} {
		m.refused.WithLabelValues(reason)
	}
	m.registry.MustRegister(m.calls, m.http, m.refused, m.documents, m.topics, m.coverage, loadCollector{load}, modelCollector{models},
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

// of returns the metrics of a model that is served: what a request calls it makes no label.
func (m *metrics) of(name string) *modelMetrics {
	if known, found := m.models.Load(name); found {
		return known.(*modelMetrics)
	}
	made := &modelMetrics{outcomes: map[classifier.Outcome]prometheus.Counter{}, coverage: m.coverage.WithLabelValues(name)}
	for outcome, label := range outcomes {
		made.outcomes[outcome] = m.documents.WithLabelValues(name, label)
	}
	known, _ := m.models.LoadOrStore(name, made)
	return known.(*modelMetrics)
}

// document counts an answer. It is given only what the answer holds.
func (m *metrics) document(model *model.Model, p *classifier.Prediction) {
	name := model.Manifest.Name
	of := m.of(name)
	of.outcomes[p.Outcome].Inc()
	of.coverage.Observe(p.Coverage())
	for _, s := range p.Topics {
		if s.Assigned {
			m.topic(of, name, model.Manifest.Topics[s.Topic].ID).Inc()
		}
	}
}

func (m *metrics) topic(of *modelMetrics, name, topic string) prometheus.Counter {
	if c, found := of.topics.Load(topic); found {
		return c.(prometheus.Counter)
	}
	c := m.topics.WithLabelValues(name, topic)
	of.topics.Store(topic, c)
	return c
}

// modelCollector tells Prometheus about the models, by name.
type modelCollector struct{ models *Models }

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

var (
	modelInfo     = describe("tajuk_model_info", "The version of a model that answers, as label.", "model", "version")
	modelLoaded   = describe("tajuk_model_loaded_timestamp_seconds", "When that version began to answer.", "model")
	modelReload   = describe("tajuk_model_last_reload_successful", "0 if the last attempt to replace the version failed.", "model")
	modelResident = describe("tajuk_model_resident_versions", "Versions in memory.", "model")
	modelLoads    = describe("tajuk_model_loads_total", "Versions taken up.", "model")
	modelFailures = describe("tajuk_model_load_failures_total", "Attempts to take a version up that failed.", "model")

	workDone    = prometheus.NewDesc("tajuk_work_in_progress", "Calls being worked on.", nil, nil)
	workWaiting = prometheus.NewDesc("tajuk_work_waiting", "Calls waiting to be worked on.", nil, nil)
)

// Describe sends the descriptions.
func (modelCollector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{modelInfo, modelLoaded, modelReload, modelResident, modelLoads, modelFailures} {
		to <- d
	}
}

// Collect sends the values.
func (c modelCollector) Collect(to chan<- prometheus.Metric) {
	for _, s := range c.models.Status() {
		gauge := func(d *prometheus.Desc, value float64, labels ...string) {
			to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, append([]string{s.Name}, labels...)...)
		}
		if s.Version != "" { // else none could be taken up yet
			gauge(modelInfo, 1, s.Version)
			gauge(modelLoaded, float64(s.Since.UnixMilli())/1000)
		}
		ok := 1.0
		if s.Err != nil {
			ok = 0
		}
		gauge(modelReload, ok)
		gauge(modelResident, float64(s.Resident))
		to <- prometheus.MustNewConstMetric(modelLoads, prometheus.CounterValue, float64(s.Loads), s.Name)
		to <- prometheus.MustNewConstMetric(modelFailures, prometheus.CounterValue, float64(s.Failures), s.Name)
	}
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
