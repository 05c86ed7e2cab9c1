"""
The kernel's answers to classic programs and to eBPF code, for classic-kernel.ts.

Standard input is a JSON object: "packets" (texts of hexadecimal digits) and "programs", each with "filters" (arrays of classic
instructions, four numbers each) and "code" (eBPF instructions in hexadecimal, or null). Each filter is attached to a
datagram socket, through which each packet is sent: what is told is how many bytes arrive, which is what the filter returns as far as
there are so many. The code is loaded as a classifier and run over each packet by BPF_PROG_TEST_RUN: what is told is its
result, 32 bits. Standard output is an array with an object for each program: "filters" (an array for each filter, or the
error number of the attachment), "code" (an array, a text with the verifier's words, or null).
"""
import ctypes
import json
import os
import socket
import struct
import sys

SO_ATTACH_FILTER, SO_DETACH_FILTER = 26, 27
SYS_bpf, BPF_PROG_LOAD, BPF_PROG_TEST_RUN, BPF_PROG_TYPE_SCHED_CLS = 321, 5, 10, 3
libc = ctypes.CDLL(None, use_errno=True)


def bpf(command, attributes):
    buffer = ctypes.create_string_buffer(attributes, 128)
    result = libc.syscall(SYS_bpf, command, ctypes.byref(buffer), len(attributes))
    return result, buffer.raw


def address(buffer):
    return ctypes.addressof(buffer)


def run_filter(instructions, packets, sender, receiver):
    array = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *one) for one in instructions))
    try:
        receiver.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("@HP", len(instructions), address(array)))
    except OSError as error:
        return error.errno
    lengths = []
    for packet in packets:
        sender.send(packet)
        try:
            lengths.append(len(receiver.recv(65536, socket.MSG_DONTWAIT)))
        except BlockingIOError:
            lengths.append(0)
    receiver.setsockopt(socket.SOL_SOCKET, SO_DETACH_FILTER, 0)
    return lengths


def run_code(code, packets):
    instructions, licence = ctypes.create_string_buffer(code), ctypes.create_string_buffer(b"MIT")
    log = ctypes.create_string_buffer(1 << 16)
    load = struct.pack("=IIQQIIQ", BPF_PROG_TYPE_SCHED_CLS, len(code) // 8, address(instructions), address(licence), 0, 0, 0)
    program, _ = bpf(BPF_PROG_LOAD, load)
    if program < 0:
        noisy = struct.pack("=IIQQIIQ", BPF_PROG_TYPE_SCHED_CLS, len(code) // 8, address(instructions), address(licence), 1,
                            len(log), address(log))
        bpf(BPF_PROG_LOAD, noisy)
        return "refused: " + log.value.decode()[-2000:]
    results = []
    for packet in packets:
        data = ctypes.create_string_buffer(packet, len(packet))
        run = struct.pack("=IIIIQQII", program, 0, len(packet), 0, address(data), 0, 1, 0)
        status, answer = bpf(BPF_PROG_TEST_RUN, run)
        if status < 0:
            results = "test run failed: " + os.strerror(ctypes.get_errno())
            break
        results.append(struct.unpack_from("=I", answer, 4)[0])
    os.close(program)
    return results


def main():
    question = json.load(sys.stdin)
    packets = [bytes.fromhex(packet) for packet in question["packets"]]
    sender, receiver = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    answers = [{
        "filters": [run_filter(one, packets, sender, receiver) for one in program["filters"]],
        "code": None if program["code"] is None else run_code(bytes.fromhex(program["code"]), packets),
    } for program in question["programs"]]
    json.dump(answers, sys.stdout)


main()
