package extract

// markersOf returns the markers that start with the letter c, given in lower case.
// They are the words of Indonesian news sites' furniture, and of the English that
// some of them use for it.
func markersOf(c byte) []marker {
	switch c {
	case 'a':
		return aMarkers[:]
	case 'b':
		return bMarkers[:]
	case 'c':
		return cMarkers[:]
	case 'd', 'e', 'f':
		return dMarkers[:]
	case 'g', 'h', 'i', 'j':
		return gMarkers[:]
	case 'k', 'l':
		return kMarkers[:]
	case 'm', 'n', 'o':
		return mMarkers[:]
	case 'p':
		return pMarkers[:]
	case 'r':
		return rMarkers[:]
	case 's':
		return sMarkers[:]
	case 't', 'v', 'w':
		return tMarkers[:]
	}
	return nil
}

// openings has a bit for each letter that is the third of a marker, under the marker's first two. Of
// letters only the five low bits count: it tells most lines that start with no marker, not all.
var openings = func() (set [1 << 10]uint32) {
	for c := byte('a'); c <= 'z'; c++ {
		for _, m := range markersOf(c) {
			third := ^uint32(0)
			if len(m.words) > 2 {
				third = 1 << (m.words[2] & 31)
			}
			set[opening(m.words)] |= third
		}
	}
	return set
}()

func opening(s string) int { return int(s[0]&31)<<5 | int(s[1]&31) }

// mayOpen reports whether a marker may be what s starts with: one in lower or upper case.
func mayOpen(s string) bool {
	return len(s) > 2 && openings[opening(s)]>>(s[2]&31)&1 != 0 || len(s) == 2
}

var aMarkers = [...]marker{
	{"advertisement", whole, drop},
	{"advertisement scroll to", prefix, drop},
	{"artikel terkait", whole, list},
	{"artikel terkait", colon, drop},
	{"artikel lainnya", colon, end},
	{"artikel ini telah tayang di", start, drop},
	{"artikel ini sudah tayang di", start, drop},
	{"author", colon, byline},
}

var bMarkers = [...]marker{
	{"baca juga", whole, list},
	{"baca juga", prefix, drop},
	{"baca pula", prefix, drop},
	{"baca lainnya", prefix, drop},
	{"baca selengkapnya", prefix, drop},
	{"baca artikel", prefix, drop},
	{"baca berita", prefix, drop},
	{"baca:", prefix, drop},
	{"bacaan lainnya", whole, list},
	{"berita terkait", whole, list},
	{"berita terkait", colon, drop},
	{"berita terkini", whole, end},
	{"berita lainnya", colon, end},
	{"berita lain", whole, end},
	{"berita terpopuler", whole, end},
	{"berita populer", whole, end},
	{"berita pilihan", whole, end},
	{"berkomentarlah secara", start, end},
	{"beri komentar", whole, end},
	{"beranda", whole, nav},
	{"bagikan", whole, nav},
	{"bagikan artikel", prefix, drop},
	{"bagikan berita", prefix, drop},
	{"by", signed, byline},
}

var cMarkers = [...]marker{
	{"close ads", start, end},
	{"copyright", prefix, end},
	{"copy link", whole, nav},
	{"comments", whole, end},
	{"contact us", whole, nav},
}

var dMarkers = [...]marker{
	{"dapatkan update berita", start, drop},
	{"dapatkan berita terbaru", start, drop},
	{"dapatkan informasi terbaru", start, drop},
	{"daftar sekarang", whole, nav},
	{"disclaimer", whole, nav},
	{"editor", colon, byline},
	{"email", whole, nav},
	{"facebook", whole, nav},
	{"follow us", prefix, nav},
	{"follow berita", start, drop},
	{"foto:", prefix, drop},
}

var gMarkers = [...]marker{
	{"google+", whole, nav},
	{"gulir ke bawah untuk", prefix, drop},
	{"gabung sekarang", whole, drop},
	{"halaman", whole, byline},
	{"halaman selanjutnya", prefix, drop},
	{"halaman berikutnya", prefix, drop},
	{"home", whole, nav},
	{"ikuti berita", start, drop},
	{"ikuti perkembangan berita ini", start, drop},
	{"ikuti kami di", prefix, drop},
	{"ikuti saluran whatsapp", start, drop},
	{"indeks", whole, nav},
	{"instagram", whole, nav},
	{"index", whole, nav},
	{"jangan lewatkan", colon, drop},
	{"jangan sampai ketinggalan berita", start, drop},
}

var kMarkers = [...]marker{
	{"komentar", whole, end},
	{"komentar pembaca", whole, end},
	{"komentar anda", whole, end},
	{"kontributor", colon, byline},
	{"konten ini diproduksi", prefix, drop},
	{"laporkan komentar", whole, end},
	{"laporan wartawan", signed, byline},
	{"lihat juga", whole, list},
	{"lihat juga", prefix, drop},
	{"lihat juga video", start, drop},
	{"lihat video", prefix, drop},
	{"lihat semua", whole, nav},
	{"lihat artikel asli", whole, drop},
	{"lanjut ke halaman", prefix, drop},
	{"load more", prefix, end},
	{"login", whole, nav},
	{"linkedin", whole, nav},
	{"like", whole, nav},
}

var mMarkers = [...]marker{
	{"masuk", whole, nav},
	{"most popular", whole, end},
	{"next", whole, nav},
	{"oleh", signed, byline},
}

var pMarkers = [...]marker{
	{"penulis", colon, byline},
	{"pewarta", colon, byline},
	{"pedoman media siber", whole, nav},
	{"populer", whole, end},
	{"popular", whole, end},
	{"popular news", whole, end},
	{"pilihan editor", prefix, drop},
	{"pilihan untukmu", whole, end},
	{"pinterest", whole, nav},
}

var rMarkers = [...]marker{
	{"rekomendasi untuk anda", start, end},
	{"rekomendasi", whole, end},
	{"related news", whole, end},
	{"related articles", whole, end},
	{"reporter", colon, byline},
	{"rate artikel ini", whole, end},
	{"redaksi", whole, nav},
	{"register", whole, nav},
	{"rss", whole, nav},
}

var sMarkers = [...]marker{
	{"saksikan video", start, drop},
	{"saksikan juga video", start, drop},
	{"saksikan live", prefix, drop},
	{"scroll to", prefix, drop},
	{"selengkapnya baca", prefix, drop},
	{"selanjutnya", whole, nav},
	{"share", whole, nav},
	{"shares", whole, nav},
	{"sign in", prefix, nav},
	{"simak juga", whole, list},
	{"simak juga", start, drop},
	{"simak video", start, drop},
	{"simak berita", prefix, drop},
	{"sumber", colon, drop},
	{"sumber berita", colon, drop},
	{"subscribe", whole, nav},
	{"syarat & ketentuan", whole, end},
	{"sebelumnya", whole, nav},
}

var tMarkers = [...]marker{
	{"tag", colon, end},
	{"tags", colon, end},
	{"tag terkait", colon, end},
	{"telegram", whole, nav},
	{"tentang kami", whole, nav},
	{"terkini", whole, end},
	{"terkini lainnya", whole, end},
	{"terpopuler", whole, end},
	{"terpopuler lainnya", whole, end},
	{"tonton juga", whole, list},
	{"tonton juga", start, drop},
	{"tonton video", start, drop},
	{"topik pilihan", whole, end},
	{"topik terkait", colon, end},
	{"trending tag", prefix, end},
	{"trending", whole, end},
	{"tulis komentar", start, end},
	{"tulis ulasan", prefix, end},
	{"twitter", whole, nav},
	{"video terkait", whole, list},
	{"video pilihan", whole, drop},
	{"view this post on instagram", whole, drop},
	{"whatsapp", whole, nav},
}
