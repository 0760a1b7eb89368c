#include "textflag.h"

// How many features ahead a row is asked for, so that it has come from memory when it is its turn.
#define AHEAD 12

// ASK asks for the row of the feature that is AHEAD, or goes to the label if there is none.
#define ASK(label) \
	CMPQ CX, $AHEAD; \
	JLE  label; \
	MOVL (AHEAD*4)(R9), AX; \
	IMULQ SI, AX; \
	PREFETCHT0 (R8)(AX*1)

// ROW points R11 at the row of the feature that R9 points to, and puts the feature's value into Y0.
#define ROW \
	MOVL (R9), AX; \
	IMULQ SI, AX; \
	LEAQ (R8)(AX*1), R11; \
	VBROADCASTSD (R10), Y0

// ADD adds four weights of the row, multiplied by the value, to a sum.
#define ADD(weights, sum) \
	VCVTPS2PD weights(R11), Y5; \
	VMULPD Y0, Y5, Y5; \
	VADDPD sum, Y5, sum

// NEXT goes on to the next feature, and to the label unless that was the last.
#define NEXT(label) \
	ADDQ $4, R9; \
	ADDQ $8, R10; \
	DECQ CX; \
	JNZ  label

// FIRST begins with the first feature again.
#define FIRST \
	MOVQ features+24(FP), R9; \
	MOVQ values+32(FP), R10; \
	MOVQ n+40(FP), CX

// func addRowsAVX(out *float64, stride int, rows *float32, features *uint32, values *float64, n int)
//
// Thirty-two sums at a time are kept in registers, then eight and four of those that are left.
TEXT ·addRowsAVX(SB), NOSPLIT, $0-48
	MOVQ out+0(FP), DI
	MOVQ stride+8(FP), BX
	MOVQ rows+16(FP), R8
	MOVQ BX, SI
	SHLQ $2, SI // bytes of a row

most:
	CMPQ BX, $32
	JLT  eight
	FIRST
	VMOVUPD (DI), Y1
	VMOVUPD 32(DI), Y2
	VMOVUPD 64(DI), Y3
	VMOVUPD 96(DI), Y4
	VMOVUPD 128(DI), Y6
	VMOVUPD 160(DI), Y7
	VMOVUPD 192(DI), Y8
	VMOVUPD 224(DI), Y9

row32:
	ASK(add32)
	PREFETCHT0 64(R8)(AX*1)
	PREFETCHT0 128(R8)(AX*1)

add32:
	ROW
	ADD(0, Y1)
	ADD(16, Y2)
	ADD(32, Y3)
	ADD(48, Y4)
	ADD(64, Y6)
	ADD(80, Y7)
	ADD(96, Y8)
	ADD(112, Y9)
	NEXT(row32)
	VMOVUPD Y1, (DI)
	VMOVUPD Y2, 32(DI)
	VMOVUPD Y3, 64(DI)
	VMOVUPD Y4, 96(DI)
	VMOVUPD Y6, 128(DI)
	VMOVUPD Y7, 160(DI)
	VMOVUPD Y8, 192(DI)
	VMOVUPD Y9, 224(DI)
	ADDQ $256, DI
	ADDQ $128, R8
	SUBQ $32, BX
	JMP  most

eight:
	CMPQ BX, $8
	JLT  four
	FIRST
	VMOVUPD (DI), Y1
	VMOVUPD 32(DI), Y2

row8:
	ASK(add8)

add8:
	ROW
	ADD(0, Y1)
	ADD(16, Y2)
	NEXT(row8)
	VMOVUPD Y1, (DI)
	VMOVUPD Y2, 32(DI)
	ADDQ $64, DI
	ADDQ $32, R8
	SUBQ $8, BX
	JMP  eight

four:
	CMPQ BX, $4
	JLT  done
	FIRST
	VMOVUPD (DI), Y1

row4:
	ASK(add4)

add4:
	ROW
	ADD(0, Y1)
	NEXT(row4)
	VMOVUPD Y1, (DI)

done:
	VZEROUPPER
	RET
