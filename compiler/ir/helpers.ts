/**
 * What helper calls may do to memory that the program sees (include/uapi/linux/bpf.h numbers them; net/core/filter.c,
 * kernel/bpf/helpers.c, kernel/trace/bpf_trace.c say what they do).
 *
 * A helper that is not in the table may change everything that is not the private stack: packet, context, map values,
 * globals, and every slot that it gets a pointer to. Memory that a helper gets is read whole (verifier rule 11): the
 * table only says what is written.
 */
export interface HelperEffect {
  /** May it write through the pointers in its arguments (to a buffer on the stack)? */
  readonly writesArguments: boolean;
  /** May it write map values (and what else a helper's result points to)? Context and packet stay untouched. */
  readonly writesMaps: boolean;
}

const reads: HelperEffect = { writesArguments: false, writesMaps: false };
const fills: HelperEffect = { writesArguments: true, writesMaps: false };
const maps: HelperEffect = { writesArguments: false, writesMaps: true };

const effects: ReadonlyMap<number, HelperEffect> = new Map([
  [1, reads],    // map_lookup_elem
  [2, maps],     // map_update_elem
  [3, maps],     // map_delete_elem
  [4, fills],    // probe_read
  [5, reads],    // ktime_get_ns
  [6, reads],    // trace_printk
  [7, reads],    // get_prandom_u32
  [8, reads],    // get_smp_processor_id
  [12, reads],   // tail_call: when it returns it did nothing
  [14, reads],   // get_current_pid_tgid
  [15, reads],   // get_current_uid_gid
  [16, fills],   // get_current_comm
  [17, reads],   // get_cgroup_classid
  [20, fills],   // skb_get_tunnel_key
  [23, reads],   // redirect
  [24, reads],   // get_route_realm
  [25, reads],   // perf_event_output
  [26, fills],   // skb_load_bytes
  [28, reads],   // csum_diff
  [29, fills],   // skb_get_tunnel_opt
  [35, reads],   // get_current_task
  [42, reads],   // get_numa_node_id
  [45, fills],   // probe_read_str
  [46, reads],   // get_socket_cookie
  [47, reads],   // get_socket_uid
  [51, reads],   // redirect_map
  [68, fills],   // skb_load_bytes_relative
  [69, fills],   // fib_lookup
  [80, reads],   // get_current_cgroup_id
  [87, maps],    // map_push_elem
  [88, { writesArguments: true, writesMaps: true }], // map_pop_elem
  [89, fills],   // map_peek_elem
  [112, fills],  // probe_read_user
  [113, fills],  // probe_read_kernel
  [114, fills],  // probe_read_user_str
  [115, fills],  // probe_read_kernel_str
  [118, reads],  // jiffies64
  [125, reads],  // ktime_get_boot_ns
  [130, reads],  // ringbuf_output
  [160, reads],  // ktime_get_coarse_ns
  [195, reads],  // map_lookup_percpu_elem
  [208, reads],  // ktime_get_tai_ns
]);

/** Undefined: may write everything but private slots. */
export function helperEffect(id: number): HelperEffect | undefined {
  return effects.get(id);
}
