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
