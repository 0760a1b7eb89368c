#include "textflag.h"

// Bounds of what is asked of a byte, unsigned: above the space; bit 5 set, within 25 of a; within 9 of 0.
DATA bounds<>+0(SB)/8, $0x0930196120210000
GLOBL bounds<>(SB), RODATA|NOPTR, $8

#define KINDS32(off, run, word, bit6, bit5) \
	VMOVDQU off(SI), Y0; \
	VPMAXUB Y0, Y10, Y1; VPCMPEQB Y0, Y1, Y1; VPMOVMSKB Y1, run; \
	VPOR Y0, Y11, Y1; VPSUBB Y12, Y1, Y1; VPMINUB Y13, Y1, Y2; VPCMPEQB Y1, Y2, Y1; \
	VPSUBB Y14, Y0, Y2; VPMINUB Y15, Y2, Y3; VPCMPEQB Y2, Y3, Y2; \
	VPOR Y1, Y2, Y1; VPMOVMSKB Y1, word; \
	VPSLLW $1, Y0, Y1; VPMOVMSKB Y1, bit6; \
	VPSLLW $2, Y0, Y1; VPMOVMSKB Y1, bit5

#define JOIN(low, high, to) SHLQ $32, high; ORQ low, high; MOVQ high, to

// func kindsAVX2(s *byte) (run, word, bit6, bit5 uint64)
TEXT ·kindsAVX2(SB), NOSPLIT, $0-40
	MOVQ s+0(FP), SI
	VPBROADCASTB bounds<>+2(SB), Y10
	VPBROADCASTB bounds<>+3(SB), Y11
	VPBROADCASTB bounds<>+4(SB), Y12
	VPBROADCASTB bounds<>+5(SB), Y13
	VPBROADCASTB bounds<>+6(SB), Y14
	VPBROADCASTB bounds<>+7(SB), Y15
	KINDS32(0, R8, R9, R10, R11)
	KINDS32(32, AX, BX, CX, DX)
	JOIN(R8, AX, run+8(FP))
	JOIN(R9, BX, word+16(FP))
	JOIN(R10, CX, bit6+24(FP))
	JOIN(R11, DX, bit5+32(FP))
	VZEROUPPER
	RET
