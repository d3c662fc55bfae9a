/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guesses about encodings. Each is said to the user with its reason. */
#include "detect.h"

#include "utf8.h"

#include <stdint.h>
#include <string.h>

enum {
    LOOK = 1 << 20, /* bytes that are looked at */
    NUL_SHARE = 10, /* one unit in so many has a NUL byte */
    NUL_SIDES = 4,  /* so many times more NUL bytes on one side */
    COMMON_SHARE = 5,
    HAN_FIRST = 0x4E00,
    HAN_LAST = 0x9FFF,
    MASK_WORDS = (HAN_LAST - HAN_FIRST) / 64 + 1
};

/* The characters of tables: what companies, places and people are called, what
 * headers say; and the commonest ones of any text. */
static const char common[] =
    "公司有限股份集团责任分厂店行部门中心银行业务商贸易科技工程电子机械建筑"
    "材料汽车医药食品服饰文化传媒网络信息实设备制造产品投资发展管理咨询服务"
    "省市县区镇乡村路街道号楼室层座东西南北京津沪渝上海广州深圳重庆成都武汉"
    "杭苏江浙河湖山川安徽福建四陕云贵甘青宁新疆内蒙古藏黑龙吉林辽港澳台香"
    "王李张刘陈杨赵黄周吴徐孙胡朱高郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅"
    "沈曾彭吕伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华玉国红金"
    "客户名称编地址邮码联系人话手机收入年月日时额数量价单合同负责销售经纬度"
    "理员状态类型等级来源备注备创修改是否男女大小老学校院局所站"
    "的一不在了他我们到个这你和说也就为来去以要会可生出后下过自对面多用方主"
    "前得家动作进成本长正天点前开世定法全加民开体现无当部第些因其通表元美万"
    "三二五六七八九十百千德意利日光力达远洋宏鑫盛泰兴隆祥瑞丰源永恒康佳友"
    "信义诚志飞龙凤春秋雪梅云海波峰鹏宇辉旭阳晨晓";

typedef uint64_t common_set[MASK_WORDS];

/* The code point of a well-formed three-byte sequence. */
static unsigned three_bytes(const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    return (unsigned)(s[0] & 0x0F) << 12 | (unsigned)(s[1] & 0x3F) << 6 |
           (unsigned)(s[2] & 0x3F);
}

static void fill(common_set set)
{
    memset(set, 0, sizeof(common_set));
    for (const char *at = common; *at; at += 3) {
        unsigned bit = three_bytes(at) - HAN_FIRST;
        set[bit / 64] |= (uint64_t)1 << bit % 64;
    }
}

bool bw_detect_chinese(const char *text, size_t len)
{
    common_set set;
    size_t chinese = 0, usual = 0;
    fill(set);
    for (size_t at = 0; at < len && at < LOOK;) {
        size_t length = bw_utf8_length(text + at);
        unsigned c = length == 3 ? three_bytes(text + at) : 0;
        if (c >= HAN_FIRST && c <= HAN_LAST) {
            unsigned bit = c - HAN_FIRST;
            chinese++;
            usual += set[bit / 64] >> bit % 64 & 1;
        }
        at += length ? length : 1;
    }
    return usual > 0 && usual * COMMON_SHARE >= chinese;
}

/* Is there a unit that ends a line? `high`: which of its bytes is NUL. */
static bool has_line_end(const char *bytes, size_t units, size_t high)
{
    for (size_t i = 0; i < units; i++) {
        char low = bytes[2 * i + 1 - high];
        if (bytes[2 * i + high] == 0 && (low == '\n' || low == '\r'))
            return true;
    }
    return false;
}

const bw_charset *bw_detect_utf16(const char *bytes, size_t len)
{
    size_t units = (len < LOOK ? len : LOOK) / 2, nul[2] = {0, 0};
    for (size_t i = 0; i < units; i++) {
        nul[0] += bytes[2 * i] == 0;
        nul[1] += bytes[2 * i + 1] == 0;
    }
    size_t high = nul[1] > nul[0];
    bool is = nul[high] * NUL_SHARE >= units &&
              nul[high] >= NUL_SIDES * nul[1 - high] &&
              has_line_end(bytes, units, high);
    return !is ? NULL : high ? &bw_utf16le : &bw_utf16be;
}

bool bw_detect_big_end(const char *bytes, size_t len, size_t unit)
{
    size_t first = 0, last = 0;
    for (size_t at = 0; at + unit <= len && at < LOOK; at += unit) {
        first += bytes[at] == 0;
        last += bytes[at + unit - 1] == 0;
    }
    return first > last;
}
