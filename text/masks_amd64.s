#include "textflag.h"

// Each byte of a constant is compared with each of 32 bytes. The comparisons are of signed numbers, by which bytes
// beyond ASCII are below all others; their first bit, which VPMOVMSKB gathers, is set as they are.
DATA masks<>+0(SB)/8, $0x5b26247b602f3a20 // 0x20, '9'+1, '0'-1, 'a'-1, 'z'+1, '$', '&', '['
GLOBL masks<>(SB), RODATA|NOPTR, $8

#define KINDS(in, letters, stops) \
	VPOR in, Y8, Y0; \
	VPCMPGTB Y11, Y0, Y1; \
	VPCMPGTB Y0, Y12, Y2; \
	VPAND Y1, Y2, Y1; \
	VPMOVMSKB Y1, letters; \
	VPCMPGTB Y10, in, Y2; \
	VPCMPGTB in, Y9, Y3; \
	VPAND Y2, Y3, Y2; \
	VPOR Y1, in, Y1; \
	VPOR Y2, Y1, Y1; \
	VPCMPEQB Y13, in, Y2; \
	VPCMPEQB Y14, in, Y3; \
	VPOR Y2, Y3, Y2; \
	VPCMPEQB Y15, in, Y3; \
	VPOR Y2, Y3, Y2; \
	VPOR Y1, Y2, Y1; \
	VPMOVMSKB Y1, stops

// func masksAVX2(text *byte) (letters, stops uint64)
TEXT ·masksAVX2(SB), NOSPLIT, $0-24
	MOVQ text+0(FP), SI
	VPBROADCASTB masks<>+0(SB), Y8
	VPBROADCASTB masks<>+1(SB), Y9
	VPBROADCASTB masks<>+2(SB), Y10
	VPBROADCASTB masks<>+3(SB), Y11
	VPBROADCASTB masks<>+4(SB), Y12
	VPBROADCASTB masks<>+5(SB), Y13
	VPBROADCASTB masks<>+6(SB), Y14
	VPBROADCASTB masks<>+7(SB), Y15
	VMOVDQU (SI), Y4
	VMOVDQU 32(SI), Y5
	KINDS(Y4, AX, BX)
	KINDS(Y5, CX, DX)
	SHLQ $32, CX
	ORQ  CX, AX
	SHLQ $32, DX
	ORQ  DX, BX
	MOVQ AX, letters+8(FP)
	MOVQ BX, stops+16(FP)
	VZEROUPPER
	RET
