package corpus

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"
)

// archive yields the files packed into one, one after the other; the last one is
// valid until the following call. It returns io.EOF after the last.
type archive interface {
	next() (*member, error)
}

// member is a file in an archive. Its name is only a name: nothing is written anywhere.
type member struct {
	name    string
	size    int64
	refused error // why it cannot be read, if it cannot
	open    func() (io.ReadCloser, error)
}

var (
	errNested    = errors.New("an archive in an archive is not read: unpack the outer one first")
	errLink      = errors.New("a link in an archive is not followed: what it leads to is read if it is in the archive itself")
	errEncrypted = errors.New("the file is encrypted: unpack the archive with its password first")
	errSparse    = errors.New("a sparse file in an archive is not read: pack it without --sparse")
)

// archive yields the records of the files in an archive and returns false to stop altogether.
func (r *reader) archive(format Format, in *input) bool {
	a, err := r.openArchive(format, in)
	if err != nil {
		return r.lost(in.name, position{}, err)
	}
	if r.members == nil {
		r.members = newOpener(nil)
	}
	found := false
	for {
		if err := r.ctx.Err(); err != nil {
			r.yield(Item{}, err)
			return false
		}
		m, err := a.next()
		switch {
		case err == io.EOF && found:
			return true
		case err == io.EOF:
			return r.lost(in.name, position{}, errors.New("no article files in this archive: give "+known))
		case err != nil:
			return r.lost(in.name, position{}, err)
		case r.wants(m.name):
			found = true
			if !r.member(memberPath(in.name, m.name), m) {
				return false
			}
		}
	}
}

func (r *reader) openArchive(format Format, in *input) (archive, error) {
	if format == Tar {
		return newTar(in), nil
	}
	return newZip(in, r.options.MaxRecord)
}

// wants tells what is read of an archive, as of a folder: no hidden files, and where no
// format was asked for those only whose name tells one.
func (r *reader) wants(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") && strings.Trim(part, ".") != "" {
			return false
		}
	}
	if r.options.Format != Auto && !r.options.Format.isArchive() {
		return true
	}
	format, later := byExtension(path.Base(name))
	return format != Auto || later != ""
}

// member yields the records of one file in an archive and returns false to stop altogether.
func (r *reader) member(name string, m *member) bool {
	if m.refused != nil {
		return r.lost(name, position{}, m.refused)
	}
	content, err := m.open()
	if err != nil {
		return r.lost(name, position{}, err)
	}
	in, err := r.members.openMember(name, content, m.size)
	if err != nil {
		return r.lost(name, position{}, err)
	}
	defer in.close()
	format, err := r.formatOf(in)
	if err == nil && format.isArchive() {
		err = errNested
	}
	if err != nil {
		return r.lost(name, position{}, err)
	}
	return r.source(format, in)
}

// printable returns the name of a member fit for messages and ids.
func printable(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return unicode.ReplacementChar
		}
		return c
	}, strings.ToValidUTF8(name, string(unicode.ReplacementChar)))
}

// cutOff says of a packed file that it ends too early, where that is the reason of err.
func cutOff(kind string, err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) && !isBroken(err) {
		return fmt.Errorf("the %s file is cut off", kind)
	}
	return err
}

// isBroken tells the error of a compressed stream, which says so itself.
func isBroken(err error) bool {
	_, ok := errors.AsType[*brokenError](err)
	return ok
}
