#include "go_asm.h"
#include "textflag.h"

// Each byte of a constant is compared with each of 32 bytes. The comparisons are of signed numbers, by which bytes
// beyond ASCII are below all others; their first bit, which VPMOVMSKB gathers, is set as they are.
DATA bytes<>+0(SB)/8, $0x5b26247b602f3a20 // 0x20, '9'+1, '0'-1, 'a'-1, 'z'+1, '$', '&', '['
GLOBL bytes<>(SB), RODATA|NOPTR, $8

// KINDS gathers which of 32 bytes are letters, and which are letters or anything else that is no separator.
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

// func plainAVX2(text *byte, length, from int, words *Plain, room int, tables *plainTables) (n, pos int)
TEXT ·plainAVX2(SB), NOSPLIT, $0-64
	MOVQ text+0(FP), SI
	MOVQ length+8(FP), R8
	MOVQ from+16(FP), DI
	MOVQ words+24(FP), R9
	MOVQ room+32(FP), R10
	MOVQ tables+40(FP), R15
	SUBQ $65, R8 // a window, and the byte behind a full stop
	SHLQ $5, R10
	XORL R11, R11 // size of the words so far
	VPBROADCASTB bytes<>+0(SB), Y8
	VPBROADCASTB bytes<>+1(SB), Y9
	VPBROADCASTB bytes<>+2(SB), Y10
	VPBROADCASTB bytes<>+3(SB), Y11
	VPBROADCASTB bytes<>+4(SB), Y12
	VPBROADCASTB bytes<>+5(SB), Y13
	VPBROADCASTB bytes<>+6(SB), Y14
	VPBROADCASTB bytes<>+7(SB), Y15

window: // of 64 bytes, from DI on: letters are in AX, stops in BX, and its place in R12
	CMPQ DI, R8
	JGT  done
	VMOVDQU (SI)(DI*1), Y4
	VMOVDQU 32(SI)(DI*1), Y5
	KINDS(Y4, AX, BX)
	KINDS(Y5, CX, DX)
	SHLQ $32, CX
	ORQ  CX, AX
	SHLQ $32, DX
	ORQ  DX, BX
	MOVQ DI, R12
	XORL CX, CX

word: // the next begins at CX of the window or behind; it must leave room for a key
	SHRXQ CX, BX, DX
	TZCNTQ DX, DX
	ADDQ DX, CX
	CMPQ CX, $48
	JGT  far
	LEAQ (R12)(CX*1), DI
	SHRXQ CX, AX, DX
	NOTQ DX
	TZCNTQ DX, R13
	LEAQ -1(R13), DX
	CMPQ DX, $14
	JHI  done
	SHLQ $4, DX
	VMOVDQU (SI)(DI*1), X0
	VPTEST plainTables_inner(R15)(DX*1), X0
	LEAQ (DI)(R13*1), R14
	JCC  capital

lower:
	VPOR X8, X0, X0
	VPAND plainTables_letters(R15)(DX*1), X0, X0
	MOVBLZX (SI)(R14*1), DX
	CMPB plainTables_glue(R15)(DX*1), $0
	JNE  glued

free: // nothing is glued to the word
	MOVQ $0x9e3779b97f4a7c15, DX // as wordSet has it
	VMOVQ X0, CX
	IMULQ CX, DX
	SHRQ $50, DX
	MOVQ DX, CX
	SHRQ $6, CX
	MOVQ plainTables_keywords(R15)(CX*8), CX
	BTQ  DX, CX
	JCS  done
	VMOVDQU X0, (R9)(R11*1)
	MOVQ DI, 16(R9)(R11*1)
	MOVQ R14, 24(R9)(R11*1)
	XORL DX, DX
	CMPQ R13, $1 // a word has two letters
	SETHI DX
	SHLQ $5, DX
	ADDQ DX, R11
	MOVQ R14, DI
	CMPQ R11, R10
	JEQ  done
	MOVQ R14, CX
	SUBQ R12, CX
	CMPQ CX, $48
	JLE  word
	JMP  window

capital: // within a word: there may be a clitic behind it, as maybeClitic has it
	CMPQ R13, $5
	JLT  lower
	MOVBLZX -4(SI)(R14*1), CX
	NOTL CX
	ANDB -3(SI)(R14*1), CX
	TESTB $0x20, CX // the bit of small letters
	JEQ  lower
	JMP  done

far: // no word begins before
	MOVQ $64, DX
	CMPQ CX, DX
	CMOVQGT DX, CX
	LEAQ (R12)(CX*1), DI
	JMP  window

glued: // but for a full stop that ends a sentence
	CMPL DX, $'.'
	JNE  done
	MOVBLZX 1(SI)(R14*1), DX
	CMPB plainTables_alnum(R15)(DX*1), $0
	JEQ  free

done:
	SHRQ $5, R11
	MOVQ R11, n+48(FP)
	MOVQ DI, pos+56(FP)
	VZEROUPPER
	RET
