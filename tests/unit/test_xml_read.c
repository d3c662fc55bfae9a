/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bw/alloc.h"
#include "said.h"
#include "xml_read.h"

#include <stdlib.h>

static const char xsd[] =
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='u:x'"
    " targetNamespace='u:x' elementFormDefault='qualified'>"
    "<xs:element name='plan' type='plan'/>"
    "<xs:complexType name='plan'>"
    "<xs:choice minOccurs='0' maxOccurs='unbounded'>"
    "<xs:element name='note' type='note'/>"
    "<xs:element name='group' type='group'/></xs:choice>"
    "<xs:attribute name='name' type='xs:string'/></xs:complexType>"
    "<xs:complexType name='group'><xs:choice maxOccurs='2'>"
    "<xs:element name='note' type='note'/></xs:choice></xs:complexType>"
    "<xs:complexType name='note'>"
    "<xs:attribute name='size' type='size' use='required'/>"
    "<xs:attribute name='kind' type='kind'/></xs:complexType>"
    "<xs:simpleType name='size'><xs:annotation><xs:documentation>\n digits  "
    "only, \n such as 12</xs:documentation></xs:annotation>"
    "<xs:restriction base='xs:token'><xs:pattern value='[0-9]+'/>"
    "</xs:restriction></xs:simpleType>"
    "<xs:simpleType name='kind'><xs:restriction base='xs:token'>"
    "<xs:enumeration value='big'/><xs:enumeration value='small'/>"
    "</xs:restriction></xs:simpleType></xs:schema>";

/* Everything a test needs, released at once. */
typedef struct reading {
    bw_diags *diags;
    bw_source *source;
    bw_xml *xml;
    bw_status status;
} reading;

static reading read_text(const char *text)
{
    reading r = {.diags = bw_diags_new()};
    assert_non_null(r.diags);
    r.status = bw_source_from(text, strlen(text), "x.xml", r.diags, &r.source);
    if (r.status == BW_OK)
        r.status = bw_xml_read(r.source, xsd, sizeof xsd - 1, r.diags, &r.xml);
    return r;
}

static void release(reading *r)
{
    bw_xml_free(r->xml);
    bw_source_free(r->source);
    bw_diags_free(r->diags);
}

static void expect(const char *text, const char *faults, const char *words)
{
    reading r = read_text(text);
    assert_string_equal(said_of(r.diags).text, faults);
    assert_int_equal(r.status, BW_INVALID);
    assert_null(r.xml);
    if (!said(r.diags, words))
        fail_msg("not said: %s (but: %s)", words,
                 bw_diags_at(r.diags, 0)->text);
    release(&r);
}

static void elements_and_values_know_their_places(void **state)
{
    (void)state;
    reading r = read_text("<?xml version=\"1.0\"?>\n<!-- <note size='0'/> -->\n"
                          "<plan xmlns='u:x'\n   name='\xc3\xa9 &lt;&#65;'>"
                          "<?pi <note?><note kind = \"big\"\n\tsize='12'/>"
                          "<group>\r\n<note size='7'></note></group></plan>");
    assert_int_equal(r.status, BW_OK);
    bw_place place;
    const bw_element *plan = bw_xml_root(r.xml);
    assert_string_equal(bw_element_name(plan), "plan");
    assert_int_equal(bw_element_place(plan).line, 3);
    assert_string_equal(bw_element_attr(plan, "name", &place), "\xc3\xa9 <A");
    assert_string_equal(bw_element_raw(plan, "name"), "\xc3\xa9 &lt;&#65;");
    assert_int_equal(place.line, 4);
    assert_int_equal(place.column, 10);
    assert_null(bw_element_attr(plan, "size", &place));
    assert_int_equal(place.line, 3);

    const bw_element *note = bw_element_child(plan);
    assert_int_equal(bw_element_place(note).line, 4);
    assert_int_equal(bw_element_place(note).column, 35);
    assert_string_equal(bw_element_attr(note, "size", &place), "12");
    assert_int_equal(place.line, 5);
    assert_int_equal(place.column, 8);
    const bw_element *group = bw_element_next(note);
    assert_string_equal(bw_element_name(group), "group");
    assert_null(bw_element_next(group));
    assert_int_equal(bw_element_place(bw_element_child(group)).line, 6);
    assert_int_equal(bw_element_place(bw_element_child(group)).column, 1);
    release(&r);
}

static void all_schema_faults_are_told_in_one_run(void **state)
{
    (void)state;
    expect("<plan xmlns='u:x'>\n<nota/>\n<note siz='1'/>\n<note size='x'/>\n"
           "<bogus><note/></bogus>\n<note size='1' kind='huge'/> hm\n"
           "<group/>\n<note size='1'><note/>x</note></plan>",
           "2:1 xml-schema; 3:1 xml-schema; 3:7 xml-schema; 4:13 value-syntax; "
           "5:1 xml-schema; 6:22 value-syntax; 6:30 xml-schema; 7:1 "
           "xml-schema; 8:16 xml-schema; 8:23 xml-schema",
           "<nota> is not known inside <plan>; did you mean note?; there may "
           "be: note, group");
}

static void each_schema_fault_says_what_is_allowed(void **state)
{
    (void)state;
    expect("<plan xmlns='u:x'><note siz='1' size='1'/></plan>",
           "1:25 xml-schema",
           "<note> has no attribute \"siz\"; did you mean size?; it can have: "
           "size, kind");
    expect("<plan xmlns='u:x'><note/></plan>", "1:19 xml-schema",
           "<note> lacks the attribute size");
    expect("<plan xmlns='u:x'><note size='a'/></plan>", "1:31 value-syntax",
           "size=\"a\" of <note> cannot be used; it must be digits only, such "
           "as 12");
    expect("<plan xmlns='u:x'><note size='1' kind='x'/></plan>",
           "1:40 value-syntax", "it can be only: big, small");
    expect("<plan xmlns='u:x'><group/></plan>", "1:19 xml-schema",
           "<group> lacks an element; inside it there must be: note");
    expect("<plan xmlns='u:x'><group><note size='1'/><note size='1'/>\n"
           "<note size='1'/></group></plan>",
           "2:1 xml-schema",
           "<note> stands twice in <group> (first at line 1)");
    expect("<plan xmlns='u:x'><y:note xmlns:y='u:y' size='1'/></plan>",
           "1:19 xml-schema", "not in the namespace of <plan>");
}

static void the_root_must_be_ours(void **state)
{
    (void)state;
    expect("<plans xmlns='u:x'/>", "1:1 xml-schema",
           "it must be <plan xmlns=\"u:x\">");
    expect("<plan/>", "1:1 xml-schema", "write <plan xmlns=\"u:x\">");
    expect("<note xmlns='u:x' size='1'/>", "1:1 xml-schema", "is a <note>");
}

static void broken_xml_is_told_with_its_place(void **state)
{
    (void)state;
    expect("<plan xmlns='u:x'>\n  <group>\n</plan>", "3:1 xml-syntax",
           "</plan> stands where <group> (line 2) must be closed");
    expect("<plan xmlns='u:x' name='a<b'/>", "1:26 xml-syntax",
           "must be written &lt;");
    expect("<plan xmlns='u:x' name='a' name='b'/>", "1:36 xml-syntax",
           "name is given twice");
    expect("<plan xmlns='u:x' name='&nbsp;'/>", "1:31 xml-syntax",
           "&nbsp; is not known");
    expect("<y:plan xmlns='u:x'/>", "1:20 xml-syntax",
           "the prefix y is not declared");
    expect("<plan xmlns='u:x'/>\n<plan/>", "2:1 xml-syntax",
           "something follows the end");
    expect("id,name\n", "1:1 xml-syntax", "must begin with a tag");
    expect("<plan xmlns='u:x'>", "1:19 xml-syntax", "line 1");
}

static void nothing_outside_the_file_is_reached(void **state)
{
    (void)state;
    expect("<?xml version='1.0'?>\n<!-- a --> <!DOCTYPE plan [<!ENTITY e "
           "SYSTEM 'file:///etc/passwd'>]>\n<plan xmlns='u:x' name='&e;'/>",
           "2:12 xml-doctype", "take it out");
    expect("<!--> <!DOCTYPE x> --><!DOCTYPE plan><plan xmlns='u:x'/>",
           "1:23 xml-doctype", "take it out");
    expect("<plan xmlns='u:x'><i:include href='/etc/passwd' "
           "xmlns:i='http://www.w3.org/2001/XInclude'/></plan>",
           "1:19 xml-schema", "<i:include> is not known");
    expect("<plan xmlns='u:x' xsi:type='note' "
           "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'/>",
           "1:19 xml-schema", "no attribute \"xsi:type\"");
}

/* libxml2 would load what xsi:schemaLocation names: here a schema in which
 * plan must hold nothing, so that a note would be a fault. */
static void a_schema_named_by_the_file_is_not_loaded(void **state)
{
    (void)state;
    char path[] = "/tmp/test_xml_read_XXXXXX", text[512];
    int handle = mkstemp(path);
    assert_true(handle >= 0);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs("<broken", file) >= 0);
    assert_int_equal(fclose(file), 0);
    snprintf(text, sizeof text,
             "<plan xmlns='u:x' xmlns:xsi='http://www.w3.org/2001/"
             "XMLSchema-instance' xsi:schemaLocation='u:y %s u:x %s'>"
             "<note size='1'/></plan>",
             path, path);
    reading r = read_text(text);
    assert_string_equal(said_of(r.diags).text, "");
    assert_int_equal(r.status, BW_OK);
    release(&r);
    remove(path);
}

static void another_encoding_is_refused(void **state)
{
    (void)state;
    expect("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><plan "
           "xmlns='u:x'/>",
           "1:31 file-encoding", "\"ISO-8859-1\"");
    reading r = read_text("\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>"
                          "<plan xmlns='u:x'/>");
    assert_int_equal(r.status, BW_OK);
    release(&r);
}

/* 300 deep: libxml2 stops at 256. */
static void nesting_without_end_is_refused(void **state)
{
    (void)state;
    char text[4096] = "<plan xmlns='u:x'>";
    for (int i = 0; i < 300; i++)
        strcat(text, "<group>");
    reading r = read_text(text);
    assert_int_equal(r.status, BW_INVALID);
    assert_int_equal(bw_diags_count_code(r.diags, BW_XML_SYNTAX), 1);
    release(&r);
}

/* More faults than one pass keeps. */
static void a_thousand_faults_are_a_thousand_messages(void **state)
{
    (void)state;
    char *text = calloc(1, 64 * 1024);
    assert_non_null(text);
    size_t at = (size_t)sprintf(text, "<plan xmlns='u:x'>");
    for (int i = 0; i < 500; i++)
        at += (size_t)sprintf(text + at, "<note size='x' kind='%d'/>\n", i);
    sprintf(text + at, "</plan>");
    reading r = read_text(text);
    assert_int_equal(bw_diags_count_code(r.diags, BW_VALUE_SYNTAX), 1000);
    release(&r);
    free(text);
}

static void lack_of_memory_is_survived_everywhere(void **state)
{
    (void)state;
    const char *text = "<plan xmlns='u:x' name='a'><note size='1'/><nota/>"
                       "</plan>";
    long live = bw_alloc_live();
    for (long n = 1; n < 400; n++) {
        bw_source *source;
        bw_xml *xml = NULL;
        bw_diags *diags = bw_diags_new();
        assert_int_equal(
            bw_source_from(text, strlen(text), "x", diags, &source), BW_OK);
        bw_alloc_fail_at(n);
        bw_status status =
            bw_xml_read(source, xsd, sizeof xsd - 1, diags, &xml);
        bw_alloc_fail_at(0);
        assert_null(xml);
        assert_true(status == BW_NOMEM || status == BW_INVALID);
        bw_source_free(source);
        bw_diags_free(diags);
        assert_int_equal(bw_alloc_live(), live);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_and_values_know_their_places),
        cmocka_unit_test(all_schema_faults_are_told_in_one_run),
        cmocka_unit_test(each_schema_fault_says_what_is_allowed),
        cmocka_unit_test(the_root_must_be_ours),
        cmocka_unit_test(broken_xml_is_told_with_its_place),
        cmocka_unit_test(nothing_outside_the_file_is_reached),
        cmocka_unit_test(a_schema_named_by_the_file_is_not_loaded),
        cmocka_unit_test(another_encoding_is_refused),
        cmocka_unit_test(nesting_without_end_is_refused),
        cmocka_unit_test(a_thousand_faults_are_a_thousand_messages),
        cmocka_unit_test(lack_of_memory_is_survived_everywhere),
    };
    return cmocka_run_group_tests_name("xml_read", tests, NULL, NULL);
}
