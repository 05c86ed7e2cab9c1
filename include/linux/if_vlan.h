/* Virtual LANs: the requests that set them up. A tagged frame's header is for programs to declare. */
#ifndef _LINUX_IF_VLAN_H_
#define _LINUX_IF_VLAN_H_

enum vlan_ioctl_cmds {
  ADD_VLAN_CMD = 0,
  DEL_VLAN_CMD = 1,
  SET_VLAN_INGRESS_PRIORITY_CMD = 2,
  SET_VLAN_EGRESS_PRIORITY_CMD = 3,
  GET_VLAN_INGRESS_PRIORITY_CMD = 4,
  GET_VLAN_EGRESS_PRIORITY_CMD = 5,
  SET_VLAN_NAME_TYPE_CMD = 6,
  SET_VLAN_FLAG_CMD = 7,
  GET_VLAN_REALDEV_NAME_CMD = 8,
  GET_VLAN_VID_CMD = 9,
};

enum vlan_flags {
  VLAN_FLAG_REORDER_HDR = 0x1,
  VLAN_FLAG_GVRP = 0x2,
  VLAN_FLAG_LOOSE_BINDING = 0x4,
  VLAN_FLAG_MVRP = 0x8,
  VLAN_FLAG_BRIDGE_BINDING = 0x10,
};

enum vlan_name_types {
  VLAN_NAME_TYPE_PLUS_VID = 0,
  VLAN_NAME_TYPE_RAW_PLUS_VID = 1,
  VLAN_NAME_TYPE_PLUS_VID_NO_PAD = 2,
  VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD = 3,
  VLAN_NAME_TYPE_HIGHEST = 4,
};

struct vlan_ioctl_args {
  int cmd;
  char device1[24];
  union {
    char device2[24];
    int VID;
    unsigned int skb_priority;
    unsigned int name_type;
    unsigned int bind_type;
    unsigned int flag;
  } u;
  short vlan_qos;
};

#endif
