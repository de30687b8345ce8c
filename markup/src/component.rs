//! `#[component]`: a struct of its parameters with a builder, and the function that takes it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, FnArg, ItemFn, Pat, Result, parse2};

/// What a parameter's `#[prop(…)]` says.
#[derive(Clone, Copy, Default)]
struct Prop {
    optional: bool,
    into: bool,
}

pub fn expand(item: TokenStream) -> Result<TokenStream> {
    let ItemFn { attrs, vis, sig, block, .. } = parse2(item)?;
    let name = &sig.ident;
    let (props, builder) = (format_ident!("{name}Props"), format_ident!("{name}PropsBuilder"));
    let (parameters, types, bounds) = sig.generics.split_for_impl();
    let mut fields = Vec::new();
    let mut names = Vec::new();
    for input in &sig.inputs {
        let FnArg::Typed(input) = input else {
            return Err(syn::Error::new_spanned(input, "a component has no `self`"));
        };
        let Pat::Ident(pattern) = input.pat.as_ref() else {
            return Err(syn::Error::new_spanned(&input.pat, "a component's parameter is a plain name"));
        };
        let (marks, docs): (Vec<_>, Vec<_>) = input.attrs.iter().partition(|attribute| attribute.path().is_ident("prop"));
        let prop = marks.into_iter().try_fold(Prop::default(), read_prop)?;
        let default = prop.optional.then(|| quote!(default,));
        let into = prop.into.then(|| quote!(setter(into),));
        let (field, ty) = (&pattern.ident, &input.ty);
        let setting = (prop.optional || prop.into).then(|| quote!(#[builder(#default #into)]));
        fields.push(quote! {
            #(#docs)*
            #setting
            #field: #ty
        });
        names.push(field);
    }
    let about = format!("The attributes of `<{name}/>`.");
    Ok(quote! {
        #[doc = #about]
        #[derive(::typed_builder::TypedBuilder)]
        #[builder(doc, crate_module_path = ::typed_builder)]
        #vis struct #props #parameters #bounds { #(#fields,)* }

        impl #parameters crate::view::dom::Props for #props #types #bounds {
            type Builder = #builder #types;

            fn builder() -> Self::Builder {
                Self::builder()
            }
        }

        #(#attrs)*
        #[allow(non_snake_case)]
        #vis fn #name #parameters (props: #props #types) -> crate::view::dom::View #bounds {
            let #props { #(#names,)* } = props;
            // What a component reads while it is put together does not make it be put together again.
            crate::view::dom::component(move || #block)
        }
    })
}

fn read_prop(mut prop: Prop, attribute: &Attribute) -> Result<Prop> {
    attribute.parse_nested_meta(|meta| {
        if meta.path.is_ident("optional") {
            prop.optional = true;
        } else if meta.path.is_ident("into") {
            prop.into = true;
        } else {
            return Err(meta.error("a parameter is `optional`, or `into`, or both"));
        }
        Ok(())
    })?;
    Ok(prop)
}
