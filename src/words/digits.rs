//! A number's digits, with the marks between them.

use rust_decimal::Decimal;

/// Bytes of the longest number: 29 digits, a nought and a point before them,
/// and their commas.
const LONGEST: usize = 40;

/// Bytes for a sign before a number and a unit behind it.
const ROOM: usize = 12;

/// "12,345.6", "−0.4".
pub fn number(value: Decimal) -> String {
    // A pack prints tens of thousands: from the last digit to the first, with
    // the marks between them, into one text.
    let (mut digits, scale) = (value.mantissa().unsigned_abs(), value.scale());
    let mut backwards = [0_u8; LONGEST];
    let mut length = 0;
    let mut put = |byte: u8| {
        backwards[length] = byte;
        length += 1;
    };
    for at in 0.. {
        if at > scale && digits == 0 {
            break;
        }
        if at == scale && scale > 0 {
            put(b'.');
        } else if at > scale && (at - scale).is_multiple_of(3) {
            put(b',');
        }
        // Most are short, and dividing long ones takes long.
        let (rest, digit) = match u64::try_from(digits) {
            Ok(digits) => (u128::from(digits / 10), u8::try_from(digits % 10)),
            Err(_) => (digits / 10, u8::try_from(digits % 10)),
        };
        put(b'0' + digit.unwrap_or_default());
        digits = rest;
    }
    let mut text = String::with_capacity(length + ROOM);
    if value.is_sign_negative() && !value.is_zero() {
        text.push('−');
    }
    text.extend(backwards[..length].iter().rev().map(|byte| char::from(*byte)));
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_have_commas_and_true_minus_signs() {
        for (value, expected) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("1234567.80", "1,234,567.80"),
            ("-0.4", "−0.4"),
            ("-0", "0"),
            ("-1204", "−1,204"),
            ("0.05", "0.05"),
            ("-79228162514264337593543950335", "−79,228,162,514,264,337,593,543,950,335"),
            ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
        ] {
            assert_eq!(number(d(value)), expected);
        }
    }

    proptest! {
        /// Digits, point and sign are the decimal's own; commas part threes.
        #[test]
        fn a_number_reads_back_as_itself(mantissa in any::<i128>(), length in 1..30_u32, scale in 0..=28_u32) {
            let value = Decimal::from_i128_with_scale(mantissa % 10_i128.pow(length - 1).max(1), scale);
            let text = number(value);
            let whole = text.trim_start_matches('−').split('.').next().unwrap();
            let (first, rest) = whole.split_once(',').unwrap_or((whole, "000"));
            prop_assert!((1..=3).contains(&first.len()) && rest.split(',').all(|group| group.len() == 3), "{}", text);
            prop_assert_eq!(text.starts_with('−'), value < Decimal::ZERO);
            prop_assert_eq!(text.replace([',', '−'], ""), value.abs().to_string());
        }
    }
}
