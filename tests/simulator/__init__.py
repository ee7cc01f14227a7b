"""A deterministic simulator: one seed is one history of people, machines, networks and a dialling Teli.

The shipped plan, apply and ledger code runs here unchanged; only transport, clock and storage medium are
replaced. Every applier is a thread, but exactly one thing runs at a time, and the seed decides which.

stage      who may go on, what time it is, who crashes, stalls or loses their lease
teli       campaigns, calls and the dial log; shares nothing with teli_iac
faults     what can go wrong on the way to Teli, and to which requests
wire       makes it go wrong
medium     the ledger in memory, and what goes wrong when it is written
manifests  what is wanted, and every version of it
editing    what people commit
hands      the shipped commands, put on the stage
themes     what a history is mostly about
history    what happens, step by step
audit      reads the dial log and the manifests, and says what must not have happened
safeties   each safety mechanism, to be switched off: the simulator has to notice
searching  many histories on many cores, and the command that replays a broken one
"""
