// vm: every function is run in the machine and in the kernel over the same packets; results, packets and maps agree.

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 64); __type(key, __u32); __type(value, __u64); }
  res SEC(".maps");

struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 3); __type(key, __u32); __type(value, __u64); }
  h SEC(".maps");

struct { __uint(type, BPF_MAP_TYPE_LRU_HASH); __uint(max_entries, 100); __type(key, __u32); __type(value, __u64); }
  lru SEC(".maps");

struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 2); __type(key, __u32); __type(value, __u32);
  } pa SEC(".maps");

struct { __uint(type, BPF_MAP_TYPE_QUEUE); __uint(max_entries, 2); __type(value, __u32); } q SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_STACK); __uint(max_entries, 2); __type(value, __u32); } st SEC(".maps");
struct lk { __u32 len; __u32 a; };
struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(max_entries, 8); __type(key, struct lk); __type(value, __u64);
  __uint(map_flags, BPF_F_NO_PREALLOC); } trie SEC(".maps");

static __always_inline void put(__u32 i, __s64 v) { bpf_map_update_elem(&res, &i, &v, 0); }
#define P(e) put(n++, e)

SEC("tc") int maps(struct __sk_buff *skb) {
  __u32 k, n = 0; __u64 v = 5;
  k = 100; P(bpf_map_update_elem(&res, &k, &v, 0));
  k = 1; P(bpf_map_update_elem(&res, &k, &v, BPF_NOEXIST)); P(bpf_map_update_elem(&res, &k, &v, 3));
  P(bpf_map_delete_elem(&res, &k));
  for (k = 0; k < 5; k++) P(bpf_map_update_elem(&h, &k, &v, BPF_ANY));
  k = 1; P(bpf_map_update_elem(&h, &k, &v, BPF_NOEXIST)); k = 9; P(bpf_map_update_elem(&h, &k, &v, BPF_EXIST));
  P(bpf_map_update_elem(&h, &k, &v, 4));
  P(bpf_map_delete_elem(&h, &k)); k = 1; P(bpf_map_delete_elem(&h, &k)); P(bpf_map_lookup_elem(&h, &k) != 0);
  P(bpf_map_update_elem(&lru, &k, &v, 1)); P(bpf_map_update_elem(&lru, &k, &v, 1));
  P(bpf_map_update_elem(&lru, &k, &v, 2));
  k = 1; __u32 *pv = bpf_map_lookup_elem(&pa, &k); if (pv) *pv += 3;
  __u32 e = 7; P(bpf_map_push_elem(&q, &e, 0)); e = 8; P(bpf_map_push_elem(&q, &e, 0)); e = 9;
  P(bpf_map_push_elem(&q, &e, 0)); P(bpf_map_push_elem(&q, &e, BPF_EXIST));
  P(bpf_map_peek_elem(&q, &e)); P(e); P(bpf_map_pop_elem(&q, &e)); P(e); P(bpf_map_pop_elem(&q, &e)); P(e);
  P(bpf_map_pop_elem(&q, &e)); P(e);
  e = 7; P(bpf_map_push_elem(&st, &e, 0)); e = 8; P(bpf_map_push_elem(&st, &e, 0)); e = 9;
  P(bpf_map_push_elem(&st, &e, BPF_EXIST)); P(bpf_map_pop_elem(&st, &e)); P(e);P(bpf_map_pop_elem(&st, &e)); P(e);
  struct lk l = { 8, bpf_htonl(0x0a000000) }; v = 1; P(bpf_map_update_elem(&trie, &l, &v, 0)); l.len = 17;
  l.a = bpf_htonl(0x0a0b8123); v = 2; P(bpf_map_update_elem(&trie, &l, &v, 0));
  l.len = 33; P(bpf_map_update_elem(&trie, &l, &v, 0));
  l.len = 32; l.a = bpf_htonl(0x0a0bffff); __u64 *t = bpf_map_lookup_elem(&trie, &l); P(t ? *t : 99);
  l.a = bpf_htonl(0x0a0bf0ff & ~0x8000); t = bpf_map_lookup_elem(&trie, &l); P(t ? *t : 99); l.a = 0;
  t = bpf_map_lookup_elem(&trie, &l); P(t ? *t : 99);
  return n;
}

SEC("tc") int csum(struct __sk_buff *skb) {
  __u32 n = 0; char b[40]; for (int i = 0; i < 40; i++) b[i] = i * 91 + 7;
  P(bpf_csum_diff(0, 0, (void*)b, 16, 0)); P(bpf_csum_diff((void*)b, 16, 0, 0, 0));
  P(bpf_csum_diff((void*)b, 16, (void*)b+16, 24, 0x12345)); P(bpf_csum_diff((void*)b, 8, 0, 0, 0xfffffff0));
  P(bpf_csum_diff(0,0,(void*)b, 6, 0));
  P(bpf_csum_diff(0,0,0,0,0x12345678));
  P(bpf_l3_csum_replace(skb, 24, 0x1122, 0x3344, 2)); P(bpf_l3_csum_replace(skb, 24, 0x11223344, 0x55667788, 4));
  P(bpf_l3_csum_replace(skb, 24, 0, 0x9999abcd, 0)); P(bpf_l3_csum_replace(skb, 24, 1, 2, 0));
  P(bpf_l3_csum_replace(skb, 25, 1, 2, 2)); P(bpf_l3_csum_replace(skb, 24, 1, 2, 3));
  P(bpf_l3_csum_replace(skb, 24, 1, 2, 0x12)); P(bpf_l3_csum_replace(skb, 0xfffe, 1, 2, 2));
  P(bpf_l4_csum_replace(skb, 36, 0x1122, 0x3344, 2));
  P(bpf_l4_csum_replace(skb, 36, 0xdeadbeef, 0x12345678, 4 | BPF_F_PSEUDO_HDR));
  P(bpf_l4_csum_replace(skb, 36, 0, 0x1234, 0));
  P(bpf_l4_csum_replace(skb, 38, 0xff, 0x00fe, BPF_F_MARK_MANGLED_0 | 2));
  P(bpf_l4_csum_replace(skb, 38, 0xff, 0x00fe, BPF_F_MARK_MANGLED_0 | BPF_F_MARK_ENFORCE | 4));
  P(bpf_csum_update(skb, 3)); P(bpf_csum_level(skb, 0)); P(bpf_csum_level(skb, 1)); P(bpf_csum_level(skb, 4));
  return n;
}

SEC("tc") int bytes(struct __sk_buff *skb) {
  __u32 n = 0; __u64 b = 0x1122334455667788;
  P(bpf_skb_load_bytes(skb, 3, &b, 8)); P(b); P(bpf_skb_load_bytes(skb, 3000, &b, 8)); P(b); b = 5;
  P(bpf_skb_store_bytes(skb, 17, &b, 8, 0)); P(bpf_skb_store_bytes(skb, 17, &b, 8, 4));
  P(bpf_skb_store_bytes(skb, 1700, &b, 8, 0)); P(bpf_skb_store_bytes(skb, 30, &b, 3, 3));
  P(bpf_skb_load_bytes_relative(skb, 0, &b, 8, 1)); P(b); P(bpf_skb_load_bytes_relative(skb, 2, &b, 8, 0)); P(b);
  P(bpf_skb_load_bytes_relative(skb, 2, &b, 8, 2)); P(b);
  P(bpf_skb_pull_data(skb, 20)); P(bpf_skb_pull_data(skb, 2000)); P(bpf_skb_pull_data(skb, 0));
  P(bpf_skb_change_type(skb, 1)); P(skb->pkt_type); P(bpf_skb_change_type(skb, 4)); P(bpf_get_route_realm(skb));
  P(bpf_get_cgroup_classid(skb));

  P(bpf_redirect(0, 8)); P(bpf_redirect(1, 0)); P(bpf_redirect(1, 1));
  bpf_set_hash_invalid(skb); P(bpf_set_hash(skb, 55)); P(bpf_get_hash_recalc(skb)); P(skb->hash);
  P(bpf_skb_get_tunnel_opt(skb, &b, 8)); P(bpf_skb_set_tunnel_opt(skb, &b, 8));
  struct bpf_tunnel_key tk = {}; P(bpf_skb_get_tunnel_key(skb, &tk, sizeof tk, 0)); tk.tunnel_id = 77;
  tk.remote_ipv4 = 0x0a000001; tk.local_ipv4 = 0x0b000001; P(bpf_skb_set_tunnel_key(skb, &tk, sizeof tk, 0));
  P(bpf_skb_set_tunnel_key(skb, &tk, 5, 0)); __builtin_memset(&tk, 0, sizeof tk);
  P(bpf_skb_get_tunnel_key(skb, &tk, sizeof tk, 0)); P(tk.tunnel_id); P(tk.remote_ipv4); P(tk.local_ipv4);
  skb->tc_index = 0x12345; P(skb->tc_index); skb->tc_classid = 0x54321; P(skb->tc_classid);
  skb->queue_mapping = 0x1ffff; P(skb->queue_mapping); skb->queue_mapping = 5;  P(skb->queue_mapping);
  P(((volatile __u8*)&skb->mark)[1]); P(skb->len); P(skb->wire_len); P(skb->tstamp); P(skb->gso_segs);
  return n;
}

SEC("tc") int vlan(struct __sk_buff *skb) {
  __u32 n = 0;
#define S P(skb->vlan_present | (__u64)skb->vlan_tci << 8 | (__u64)skb->vlan_proto << 32); \
  P(skb->len | (__u64)skb->protocol << 32)
  S; P(bpf_skb_vlan_push(skb, bpf_htons(0x8100), 100)); S; P(bpf_skb_vlan_push(skb, bpf_htons(0x88a8), 200)); S;
  P(bpf_skb_vlan_push(skb, 0x55, 300)); S;
  P(bpf_skb_vlan_pop(skb)); S;
  if (skb->len & 1) { P(bpf_skb_vlan_pop(skb)); S; P(bpf_skb_vlan_pop(skb)); S; P(bpf_skb_vlan_pop(skb)); S; }
  return n;
}

SEC("tc") int resize(struct __sk_buff *skb) {
  __u32 n = 0;
  P(bpf_skb_change_tail(skb, 30, 0)); P(skb->len); P(bpf_skb_change_tail(skb, 90, 0)); P(skb->len);
  P(bpf_skb_change_tail(skb, 13, 0)); P(bpf_skb_change_tail(skb, 90000, 0)); P(bpf_skb_change_tail(skb, 90, 1));
  P(bpf_skb_adjust_room(skb, 8, BPF_ADJ_ROOM_MAC, 0)); P(skb->len);
  P(bpf_skb_adjust_room(skb, -8, BPF_ADJ_ROOM_MAC, 0)); P(skb->len);
  P(bpf_skb_adjust_room(skb, 12, BPF_ADJ_ROOM_NET, 0)); P(skb->len);
  P(bpf_skb_adjust_room(skb, -4, BPF_ADJ_ROOM_NET, 0)); P(skb->len);
  P(bpf_skb_adjust_room(skb, -400, BPF_ADJ_ROOM_NET, 0)); P(bpf_skb_adjust_room(skb, 4, 7, 0));
  P(bpf_skb_adjust_room(skb, 5000, 0, 0));
  P(bpf_skb_change_head(skb, 6, 0)); P(skb->len); P(bpf_skb_change_head(skb, 6, 1)); P(skb->protocol);
  P(bpf_skb_change_proto(skb, bpf_htons(0x86dd), 0)); P(skb->len); P(skb->protocol);
  P(bpf_skb_change_proto(skb, bpf_htons(0x1234), 0));
  return n;
}

SEC("xdp") int xd(struct xdp_md *c) {
  __u32 n = 0;
  P(c->ingress_ifindex); P(c->rx_queue_index); P(c->data_end - c->data);
  P(bpf_xdp_adjust_head(c, -14)); P(bpf_xdp_adjust_head(c, 4)); P(bpf_xdp_adjust_head(c, -300));
  P(bpf_xdp_adjust_head(c, 3000)); P(bpf_xdp_adjust_tail(c, -3)); P(bpf_xdp_adjust_tail(c, 20));
  P(bpf_xdp_adjust_tail(c, 4000)); P(bpf_xdp_adjust_tail(c, -4000));
  P(bpf_xdp_adjust_meta(c, -8)); P(bpf_xdp_adjust_meta(c, -3)); P(bpf_xdp_adjust_meta(c, -300));
  P(bpf_xdp_adjust_meta(c, 9)); P(c->data - c->data_meta); P(bpf_xdp_get_buff_len(c));
  __u64 b = 9; P(bpf_xdp_load_bytes(c, 2, &b, 8)); P(b); P(bpf_xdp_load_bytes(c, 2000, &b, 8)); P(b);
  P(bpf_xdp_store_bytes(c, 20, &b, 8));  P(bpf_xdp_store_bytes(c, 2000, &b, 8));
  P(bpf_redirect(3, 1)); P(bpf_redirect(3, 0));
  return XDP_TX;
}

SEC("tc") int misc(struct __sk_buff *skb) {
  __u32 n = 0; char buf[16]; static const char s[] = "-0x12fz"; static const char s2[] = " 0777 ";
  static const char s3[] = "99999999999999999999"; long r = 3; unsigned long u = 4; char t[16];
  __builtin_memcpy(t, s, 8); P(bpf_strtol(t, 8, 0, &r)); P(r); P(bpf_strtoul(t, 8, 0, &u)); P(u);
  __builtin_memcpy(t, s2, 7); P(bpf_strtol(t, 7, 0, &r)); P(r); P(bpf_strtoul(t, 7, 10, &u)); P(u);
  P(bpf_strtoul(t, 7, 9, &u)); P(u); char w[21]; __builtin_memcpy(w, s3, 21); P(bpf_strtol(w, 21, 0, &r)); P(r);
  static const char f[] = "%d|%5u|%-4x|%llx|%c|%s";
  __u64 a[6] = { -3, 42, 0xabc, 0x1122334455667788ull, 'Q', (__u64)(long)"hey" };
  char o[40] = {}; P(bpf_snprintf(o, sizeof o, f, a, sizeof a)); for (int i = 0; i < 5; i++) P(((__u64*)o)[i]);
  char o2[4]; static const char f2[] = "%05d%%"; P(bpf_snprintf(o2, 4, f2, a, 8)); P(*(__u32*)o2);
  P(bpf_strncmp(t, 7, " 0777 ")); P(bpf_strncmp(t, 3, " 1")); P(bpf_strncmp(t, 3, " "));
  P(bpf_probe_read_kernel(buf, 16, 0)); P(buf[3]); P(bpf_probe_read_kernel(buf, 8, t)); P(*(__u64*)buf);
  P(bpf_probe_read_kernel_str(buf, 16, t)); P(bpf_probe_read_kernel_str(buf, 4, t)); P(buf[3]);
  return n;
}

struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 3); __uint(key_size, 4);
  __array(values, int (void *)); } jmp SEC(".maps") = { .values = { [1] = (void *)&misc } };
static int cb(__u32 i, __u64 *ctx) { *ctx += i; return i == 7; }
static long each(void *map, __u32 *k, __u64 *v, __u64 *ctx) { *ctx += *k * 100 + *v; return 0; }

SEC("tc") int callbacks(struct __sk_buff *skb) {
  __u64 s = 0; __u32 n = 0; P(bpf_loop(5, cb, &s, 0)); P(s); P(bpf_loop(50, cb, &s, 0)); P(s);
  P(bpf_loop(5, cb, &s, 1)); P(bpf_loop(1 << 24, cb, &s, 0));
  s = 0; P(bpf_for_each_map_elem(&h, each, &s, 0)); P(s);  s = 0; P(bpf_for_each_map_elem(&res, each, &s, 0));
  if (skb->len > 50) bpf_tail_call(skb, &jmp, 1); else bpf_tail_call(skb, &jmp, 0);
  bpf_tail_call(skb, &jmp, 5); return 1234;
}
char _license[] SEC("license") = "GPL";
