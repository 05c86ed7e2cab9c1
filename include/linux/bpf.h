/*
 * Everything that the kernel says to BPF programs and to their loaders: instructions, maps, program types, the system
 * call, helpers and contexts. Facts as of Linux 7.1; each part is a file of its own.
 */
#ifndef __LINUX_BPF_H__
#define __LINUX_BPF_H__

#include <linux/types.h>
#include <linux/bpf_common.h>
#include <linux/bpf/insn.h>
#include <linux/bpf/map.h>
#include <linux/bpf/prog.h>
#include <linux/bpf/helper.h>
#include <linux/bpf/context.h>
#include <linux/bpf/net.h>
#include <linux/bpf/tracing.h>
#include <linux/bpf/attr.h>
#include <linux/bpf/info.h>

#endif
