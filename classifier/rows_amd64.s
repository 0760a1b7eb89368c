#include "textflag.h"

// How many features ahead a row is asked for, so that it has come from memory when it is its turn.
#define AHEAD 12

// func addRowsAVX(out *float64, stride int, rows *float32, features *uint32, values *float64, n int)
TEXT ·addRowsAVX(SB), NOSPLIT, $0-48
	MOVQ out+0(FP), DI
	MOVQ stride+8(FP), SI
	MOVQ rows+16(FP), R8
	MOVQ features+24(FP), R9
	MOVQ values+32(FP), R10
	MOVQ n+40(FP), CX
	TESTQ CX, CX
	JZ   done

feature:
	CMPQ CX, $AHEAD
	JLE  row
	MOVL (AHEAD*4)(R9), AX
	IMULQ SI, AX
	LEAQ (R8)(AX*4), AX
	PREFETCHT0 (AX)
	PREFETCHT0 64(AX)
	PREFETCHT0 128(AX)

row:
	MOVL (R9), AX
	IMULQ SI, AX
	LEAQ (R8)(AX*4), R11
	VBROADCASTSD (R10), Y0
	XORQ BX, BX

four:
	VCVTPS2PD (R11)(BX*4), Y1
	VMULPD Y0, Y1, Y1
	VADDPD (DI)(BX*8), Y1, Y1
	VMOVUPD Y1, (DI)(BX*8)
	ADDQ $4, BX
	CMPQ BX, SI
	JLT  four

	ADDQ $4, R9
	ADDQ $8, R10
	DECQ CX
	JNZ  feature

done:
	VZEROUPPER
	RET
