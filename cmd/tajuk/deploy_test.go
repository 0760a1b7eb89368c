package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

func deployed(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("../../deploy/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestDeployedFlags: what the deployment files give to serve are flags of serve, with values it takes.
func TestDeployedFlags(t *testing.T) {
	c := (&app{}).serveCommand()
	if err := (&app{}).configFile(c.Flags(), "../../deploy/serve.yaml"); err != nil {
		t.Error(err)
	}
	commented := regexp.MustCompile(`(?m)^# ([a-z-]+):`).FindAllStringSubmatch(deployed(t, "serve.yaml"), -1)
	var args []string
	for decoder := yaml.NewDecoder(strings.NewReader(deployed(t, "kubernetes.yaml"))); ; {
		var object struct {
			Kind string
			Spec struct {
				Template struct {
					Spec struct{ Containers []struct{ Args []string } }
				}
			}
		}
		err := decoder.Decode(&object)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || object.Kind == "" {
			t.Fatalf("kubernetes.yaml: %v, kind %q", err, object.Kind)
		}
		for _, container := range object.Spec.Template.Spec.Containers {
			args = append(args, container.Args...)
		}
	}
	if len(args) < 3 || args[0] != "serve" || len(commented) != 3 {
		t.Fatalf("args %q, in comments %q", args, commented)
	}
	if err := (&app{}).serveCommand().ParseFlags(args[1:]); err != nil {
		t.Error(err)
	}
	for _, m := range commented {
		if c.Flags().Lookup(m[1]) == nil {
			t.Errorf("serve.yaml: no flag %q", m[1])
		}
	}
	if !strings.Contains(deployed(t, "tajuk.service"), "tajuk serve --config ") || !strings.Contains(deployed(t, "Dockerfile"), "USER nonroot") {
		t.Error("the unit or the Dockerfile has changed")
	}
}

// TestDashboardMetricsExist: each metric that the dashboard shows is one that a server has.
func TestDashboardMetricsExist(t *testing.T) {
	dashboard := deployed(t, "grafana-dashboard.json")
	var parsed struct {
		Panels []struct{ Targets []struct{ Expr string } }
	}
	if err := json.Unmarshal([]byte(dashboard), &parsed); err != nil {
		t.Fatal(err)
	}
	inNewsroom(t)
	p := startProcess(t)
	doc := &pb.Document{Text: "dokter merawat pasien di rumah sakit"}
	if _, err := pb.NewTaggingServiceClient(p.conn).TagDocument(t.Context(), &pb.TagDocumentRequest{Document: doc}); err != nil {
		t.Fatal(err)
	}
	_, _ = fetch(t, http.DefaultClient, "GET", "http://"+p.http+"/healthz", "")
	_, metrics := fetch(t, http.DefaultClient, "GET", "http://"+p.http+"/metrics", "")
	name := regexp.MustCompile(`(tajuk|grpc|process|go)_[a-z_]+`)
	shown := 0
	for _, panel := range parsed.Panels {
		for _, target := range panel.Targets {
			for _, metric := range name.FindAllString(target.Expr, -1) {
				shown++
				if label := metric == "grpc_method" || metric == "grpc_code"; !label && !strings.Contains(metrics, "\n"+metric) {
					t.Errorf("no metric %q", metric)
				}
			}
		}
	}
	if shown < 14 {
		t.Errorf("only %d metrics found in the dashboard", shown)
	}
}
