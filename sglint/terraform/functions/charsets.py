"""The character sets that Terraform knows by IANA name, and Python's codecs for them."""

from __future__ import annotations

from sglint.model.record import frozen


@frozen
class Charset:
    """`name` is IANA's; `mark` is the byte order mark that Terraform writes."""

    name: str
    codec: str
    mark: bytes = b""

    def decode(self, data: bytes) -> str:
        """The text. A mark at the start decides the order of bytes where the set leaves that open."""
        if self.mark and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data[2:].decode("utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be", "replace")
        return data.decode(self.codec, "replace")


_UTF_16 = Charset("UTF-16", "utf-16-be", b"\xfe\xff")
_SETS: dict[Charset, str] = {
    Charset("US-ASCII", "ascii"): "us-ascii iso-ir-6 ansi_x3.4-1968 ansi_x3.4-1986 iso_646.irv:1991 iso646-us us "
    "ibm367 cp367 csascii",
    Charset("UTF-8", "utf-8"): "utf-8 csutf8",
    _UTF_16: "utf-16 csutf16",
    Charset("UTF-16BE", "utf-16-be"): "utf-16be csutf16be",
    Charset("UTF-16LE", "utf-16-le"): "utf-16le csutf16le",
    Charset("ISO_8859-1:1987", "latin-1"): "iso_8859-1:1987 iso-ir-100 iso_8859-1 iso-8859-1 latin1 l1 ibm819 cp819 "
    "csisolatin1",
    Charset("ISO_8859-2:1987", "iso8859-2"): "iso_8859-2:1987 iso-ir-101 iso_8859-2 iso-8859-2 latin2 l2 csisolatin2",
    Charset("ISO_8859-3:1988", "iso8859-3"): "iso_8859-3:1988 iso-ir-109 iso_8859-3 iso-8859-3 latin3 l3 csisolatin3",
    Charset("ISO_8859-4:1988", "iso8859-4"): "iso_8859-4:1988 iso-ir-110 iso_8859-4 iso-8859-4 latin4 l4 csisolatin4",
    Charset("ISO_8859-5:1988", "iso8859-5"): "iso_8859-5:1988 iso-ir-144 iso_8859-5 iso-8859-5 cyrillic "
    "csisolatincyrillic",
    Charset("ISO_8859-6:1987", "iso8859-6"): "iso_8859-6:1987 iso-ir-127 iso_8859-6 iso-8859-6 ecma-114 asmo-708 "
    "arabic csisolatinarabic",
    Charset("ISO_8859-7:1987", "iso8859-7"): "iso_8859-7:1987 iso-ir-126 iso_8859-7 iso-8859-7 elot_928 ecma-118 greek "
    "greek8 csisolatingreek",
    Charset("ISO_8859-8:1988", "iso8859-8"): "iso_8859-8:1988 iso-ir-138 iso_8859-8 iso-8859-8 hebrew csisolatinhebrew",
    Charset("ISO_8859-9:1989", "iso8859-9"): "iso_8859-9:1989 iso-ir-148 iso_8859-9 iso-8859-9 latin5 l5 csisolatin5",
    Charset("ISO-8859-10", "iso8859-10"): "iso-8859-10 iso-ir-157 l6 iso_8859-10:1992 csisolatin6 latin6",
    Charset("ISO-8859-13", "iso8859-13"): "iso-8859-13 csiso885913",
    Charset("ISO-8859-14", "iso8859-14"): "iso-8859-14 iso-ir-199 iso_8859-14:1998 iso_8859-14 latin8 iso-celtic l8 "
    "csiso885914",
    Charset("ISO-8859-15", "iso8859-15"): "iso-8859-15 iso_8859-15 latin-9 csiso885915",
    Charset("ISO-8859-16", "iso8859-16"): "iso-8859-16 iso-ir-226 iso_8859-16:2001 iso_8859-16 latin10 l10 csiso885916",
    Charset("windows-1250", "cp1250"): "windows-1250 cswindows1250",
    Charset("windows-1251", "cp1251"): "windows-1251 cswindows1251",
    Charset("windows-1252", "cp1252"): "windows-1252 cswindows1252",
    Charset("windows-1253", "cp1253"): "windows-1253 cswindows1253",
    Charset("windows-1254", "cp1254"): "windows-1254 cswindows1254",
    Charset("windows-1255", "cp1255"): "windows-1255 cswindows1255",
    Charset("windows-1256", "cp1256"): "windows-1256 cswindows1256",
    Charset("windows-1257", "cp1257"): "windows-1257 cswindows1257",
    Charset("windows-1258", "cp1258"): "windows-1258 cswindows1258",
    Charset("KOI8-R", "koi8-r"): "koi8-r cskoi8r",
    Charset("KOI8-U", "koi8-u"): "koi8-u cskoi8u",
    Charset("macintosh", "mac-roman"): "macintosh mac csmacintosh",
    Charset("IBM437", "cp437"): "ibm437 cp437 437 cspc8codepage437",
    Charset("IBM850", "cp850"): "ibm850 cp850 850 cspc850multilingual",
    Charset("IBM852", "cp852"): "ibm852 cp852 852 cspcp852",
    Charset("IBM855", "cp855"): "ibm855 cp855 855 csibm855",
    Charset("IBM862", "cp862"): "ibm862 cp862 862 cspc862latinhebrew",
    Charset("IBM866", "cp866"): "ibm866 cp866 866 csibm866",
    Charset("IBM00858", "cp858"): "ibm00858 ccsid00858 cp00858 pc-multilingual-850+euro csibm00858",
    Charset("IBM037", "cp037"): "ibm037 cp037 ebcdic-cp-us ebcdic-cp-ca ebcdic-cp-wt ebcdic-cp-nl csibm037",
    Charset("IBM01140", "cp1140"): "ibm01140 ccsid01140 cp01140 ebcdic-us-37+euro csibm01140",
    Charset("Shift_JIS", "shift-jis"): "shift_jis ms_kanji csshiftjis",
    Charset("Extended_UNIX_Code_Packed_Format_for_Japanese", "euc-jp"): "extended_unix_code_packed_format_for_japanese "
    "euc-jp cseucpkdfmtjapanese",
    Charset("ISO-2022-JP", "iso2022-jp"): "iso-2022-jp csiso2022jp",
    Charset("EUC-KR", "euc-kr"): "euc-kr cseuckr",
    Charset("GBK", "gbk"): "gbk cp936 ms936 windows-936 csgbk",
    Charset("GB18030", "gb18030"): "gb18030 csgb18030",
    Charset("HZ-GB-2312", "hz"): "hz-gb-2312",
    Charset("Big5", "big5"): "big5 csbig5",
}
CHARSETS: dict[str, Charset] = {name: charset for charset, names in _SETS.items() for name in names.split()}
"""By each name and alias in lower case."""
