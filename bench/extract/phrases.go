package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// phrasePage is a page with phrases that its main text has and others that it has not.
type phrasePage struct {
	with, without []string
	data          []byte
}

// phrases reads the pages that go-trafilatura brings to compare itself with others: mostly
// German, English, French and Spanish, and of shops, blogs and forums as well as of news.
func phrases() (pages []phrasePage, err error) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/markusmobius/go-trafilatura").Output()
	if err != nil {
		return nil, fmt.Errorf("find go-trafilatura: %w", err)
	}
	root := strings.TrimSpace(string(dir))
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, "scripts", "comparison", "data.go"), nil, 0)
	if err != nil {
		return nil, err
	}
	found := map[string]phrasePage{}
	ast.Inspect(file, func(n ast.Node) bool {
		entry, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		name, p := entryOf(entry)
		for _, folder := range [...]string{"comparison", "mock"} {
			if data, err := os.ReadFile(filepath.Join(root, "test-files", folder, name)); name != "" && err == nil {
				p.data = data
				found[name] = p
				break
			}
		}
		return true
	})
	for _, name := range slices.Sorted(maps.Keys(found)) {
		pages = append(pages, found[name])
	}
	return pages, nil
}

func entryOf(entry *ast.CompositeLit) (file string, p phrasePage) {
	for _, e := range entry.Elts {
		field, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		key, _ := field.Key.(*ast.Ident)
		switch {
		case key == nil:
		case key.Name == "File":
			file = literal(field.Value)
		case key.Name == "With":
			p.with = literals(field.Value)
		case key.Name == "Without":
			p.without = literals(field.Value)
		}
	}
	return file, p
}

func literals(e ast.Expr) (list []string) {
	if c, ok := e.(*ast.CompositeLit); ok {
		for _, x := range c.Elts {
			list = append(list, literal(x))
		}
	}
	return list
}

func literal(e ast.Expr) string {
	if b, ok := e.(*ast.BasicLit); ok {
		s, _ := strconv.Unquote(b.Value) // the file is compiled elsewhere
		return s
	}
	return ""
}

// comparePhrases prints which phrases each tool keeps and leaves out.
func comparePhrases() error {
	pages, err := phrases()
	if err != nil {
		return err
	}
	fmt.Printf("| %d pages | precision | recall | accuracy | s |\n|---|--:|--:|--:|--:|\n", len(pages))
	for _, t := range tools() {
		kept, lost, leaked, left := 0, 0, 0, 0
		start := time.Now()
		for _, p := range pages {
			_, text, _ := t.read(p.data) // a page that a tool refuses has lost its phrases
			text = strings.Join(strings.Fields(text), " ")
			k, l := count(text, p.with)
			kept, lost = kept+k, lost+l
			k, l = count(text, p.without)
			leaked, left = leaked+k, left+l
		}
		fmt.Printf("| %s | %.3f | %.3f | %.3f | %.1f |\n", t.name, ratio(kept, leaked), ratio(kept, lost),
			ratio(kept+left, lost+leaked), time.Since(start).Seconds())
	}
	return nil
}

func count(text string, phrases []string) (found, missing int) {
	for _, p := range phrases {
		if strings.Contains(text, strings.Join(strings.Fields(p), " ")) {
			found++
		} else {
			missing++
		}
	}
	return found, missing
}

func ratio(a, b int) float64 { return float64(a) / float64(max(1, a+b)) }
