package main

// nothingToRead holds texts written for this test: most say that the government wants to build roads,
// that a trainer praised his team, and that people protested against the price of rice.
var nothingToRead = []struct {
	name  string
	texts []string
}{
	{"empty", []string{"", " ", "\n\n\t", "\u00a0\u200b"}},
	{"digits and marks", []string{"12 13 14", "15.00 WIB Rp 5 juta 12/12/2020", "2-1 3,5 % 2024", "... --- !!!", "😀😀😀"}},
	{"page furniture", []string{
		"Beranda\nMasuk\nDaftar\nTerpopuler\nIndeks",
		"Baca juga:\nTag:\nBagikan\nKomentar\n© 2024",
		"Home\nNews\nSport\nVideo\nLogin",
		"Kebijakan Privasi\nPedoman Media Siber\nTentang Kami\nKontak",
	}},
	{"German", []string{
		"Die Regierung will im kommenden Jahr mehr Geld für den Bau neuer Straßen ausgeben.",
		"Nach dem Spiel sagte der Trainer, seine Mannschaft habe nie aufgegeben.",
		"In der Hauptstadt protestierten gestern tausende Menschen gegen die hohen Preise.",
	}},
	{"Dutch", []string{
		"De regering wil volgend jaar meer geld uitgeven aan de bouw van nieuwe wegen.",
		"Na de wedstrijd zei de trainer dat zijn ploeg nooit had opgegeven.",
		"In de hoofdstad protesteerden gisteren duizenden mensen tegen de hoge prijzen.",
	}},
	{"Tagalog", []string{
		"Nais ng pamahalaan na gumastos ng mas malaki para sa paggawa ng mga bagong kalsada sa susunod na taon.",
		"Sinabi ng tagapagsanay na hindi sumuko ang kanyang koponan hanggang sa huling minuto.",
		"Libu-libong tao ang nagprotesta kahapon sa kabisera laban sa mataas na presyo ng bigas.",
	}},
	{"Tetum", []string{
		"Governu hakarak gasta osan barak liu tan atu harii estrada foun iha tinan oin.",
		"Treinadór hatete katak nia ekipa nunka rende to'o minutu ikus.",
		"Ema rihun ba rihun halo protestu horiseik iha kapitál hasoru folin foos ne'ebé aas.",
	}},
	{"Vietnamese", []string{
		"Chính phủ muốn chi nhiều tiền hơn để xây dựng đường mới trong năm tới.",
		"Sau trận đấu, huấn luyện viên nói rằng đội của ông không bao giờ bỏ cuộc.",
		"Hôm qua hàng nghìn người đã biểu tình ở thủ đô phản đối giá gạo cao.",
	}},
	{"Spanish", []string{
		"El gobierno quiere gastar más dinero en la construcción de nuevas carreteras el próximo año.",
		"Después del partido, el entrenador dijo que su equipo nunca se había rendido.",
		"Miles de personas protestaron ayer en la capital contra los altos precios del arroz.",
	}},
	{"Portuguese", []string{
		"O governo quer gastar mais dinheiro na construção de novas estradas no próximo ano.",
		"Depois do jogo, o treinador disse que a sua equipa nunca desistiu.",
		"Milhares de pessoas protestaram ontem na capital contra o preço do arroz.",
	}},
	{"French", []string{
		"Le gouvernement veut dépenser plus d'argent pour la construction de nouvelles routes l'année prochaine.",
		"Après le match, l'entraîneur a déclaré que son équipe n'avait jamais abandonné.",
		"Des milliers de personnes ont manifesté hier dans la capitale contre le prix élevé du riz.",
	}},
	{"Italian", []string{
		"Il governo vuole spendere più soldi per la costruzione di nuove strade il prossimo anno.",
		"Dopo la partita l'allenatore ha detto che la sua squadra non si è mai arresa.",
		"Migliaia di persone sono scese in piazza ieri nella capitale contro il prezzo del riso.",
	}},
	{"Turkish", []string{
		"Hükümet gelecek yıl yeni yolların yapımı için daha fazla para harcamak istiyor.",
		"Maçtan sonra antrenör takımının asla pes etmediğini söyledi.",
		"Dün başkentte binlerce kişi yüksek pirinç fiyatlarını protesto etti.",
	}},
	{"Swahili", []string{
		"Serikali inataka kutumia pesa zaidi kujenga barabara mpya mwaka ujao.",
		"Baada ya mechi kocha alisema kuwa timu yake haikukata tamaa kamwe.",
		"Maelfu ya watu waliandamana jana katika mji mkuu kupinga bei ya mchele.",
	}},
	{"Latin", []string{
		"Dux exercitum trans flumen duxit et urbem magnam sine mora cepit.",
		"Populus in foro clamat quia pretium frumenti nimis altum erat.",
		"Via nova per montes ducta est ut mercatores celerius iter facerent.",
	}},
	{"Russian", []string{
		"Правительство хочет потратить больше денег на строительство новых дорог в следующем году.",
		"После матча тренер сказал, что его команда никогда не сдавалась.",
	}},
	{"Arabic", []string{
		"تريد الحكومة إنفاق المزيد من المال على بناء طرق جديدة في العام المقبل.",
		"قال المدرب بعد المباراة إن فريقه لم يستسلم أبدا.",
	}},
	{"Chinese", []string{
		"政府希望明年在修建新道路上花更多的钱。",
		"赛后教练说他的球队从未放弃。",
	}},
	{"Thai", []string{
		"รัฐบาลต้องการใช้เงินมากขึ้นในการสร้างถนนใหม่ในปีหน้า",
		"หลังการแข่งขันโค้ชกล่าวว่าทีมของเขาไม่เคยยอมแพ้",
	}},
}

// foreignHeadlines and ownHeadlines were written after the margins had been chosen. Of the foreign ones, two
// pass: one in Malay that is all names, one in Acehnese.
var (
	foreignHeadlines = []string{
		"Minister wil strengere regels voor vervuilende fabrieken langs de rivier.",
		"Brand verwoest oude kerk, niemand raakte gewond.",
		"Zwei Tote bei Unfall auf der Autobahn.",
		"Der Zoll hat am Hafen hundert Kilo Kokain beschlagnahmt.",
		"Un incendio destruye una fábrica en las afueras de la ciudad.",
		"La selección gana con un gol de penalti en el último minuto.",
		"Un train déraille près de la gare, douze blessés.",
		"Terremoto nella notte, gente in strada.",
		"Chuva forte deixa milhares de famílias desalojadas no norte do país.",
		"Tatlo ang patay sa sunog sa palengke kaninang madaling araw.",
		"Nanalo ang koponan ng lungsod sa huling laro ng liga.",
		"Polísia kaer ema na'in rua tanba na'ok karreta.",
		"Prezidente Repúblika ba vizita ospitál nasionál iha Dili.",
		"Tulo ka tawo ang namatay sa sunog sa merkado kagabii.",
		"Two killed in fire at Jakarta market.",
		"Indonesia central bank keeps interest rate on hold.",
		"Polis tahan tiga lelaki disyaki mencuri kereta di Kuala Lumpur.",
		"Perdana Menteri umum bantuan kewangan kepada mangsa banjir di Kelantan.",
		"Harimau Malaya kalah kepada Vietnam dalam aksi kelayakan Piala Dunia.",
		"Kerajaan akan menambah peruntukan bagi membaik pulih sekolah yang usang, kata Menteri Pendidikan semalam.",
		"Harga minyak petrol kekal pada RM2.05 seliter minggu depan, menurut kenyataan Kementerian Kewangan.",
		"Polisi nyekel telung wong sing nyolong pit montor ing Solo.",
		"Pulisi nangkep tilu urang nu maling motor di Bandung.",
		"Polisi manangkok tigo urang nan mancilok onda di Padang.",
		"Polisi ngejuk anak tetelu ané mamaling montor di Denpasar.",
		"Polisi nangkep oreng tello' se ngeco' sapedha motor e Bangkalan.",
		"Polisi drop lhee droe ureuëng nyang cue honda di Banda Aceh.",
		"Pulisi manangkap tiga urang nang maling sapida mutur di Banjarmasin.",
		"asdf qwer zxcv hjkl uiop bnmv",
		"Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor",
	}
	ownHeadlines = []string{
		"Gue nggak ngerti kenapa harga bensin naik lagi, bikin pusing aja.",
		"Polisi tangkap tiga pencuri motor di Bekasi.",
		"Persib Bandung kalahkan Arema FC 2-1 lewat gol Ciro Alves.",
		"Harga emas Antam hari ini turun Rp 5.000 per gram.",
		"Manchester City vs Liverpool: Haaland cetak hattrick.",
		"IHSG ditutup menguat, saham BBCA dan TLKM jadi penopang.",
		"Resep rendang daging sapi khas Padang yang empuk dan gurih.",
		"Samsung rilis Galaxy S24 Ultra, ini spesifikasi lengkapnya.",
	}
)
